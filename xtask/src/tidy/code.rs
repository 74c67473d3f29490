//! Rust source as the rules read it: line by line, with and without its tests.

use super::tree::File;

/// The lines of a file that are code, each with its number; lines that are only a comment are left out.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The same up to the tests that stand in the file itself, which come last in it.
pub(super) fn shipped_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    lines(text).take_while(|(_, line)| *line != "#[cfg(test)]")
}

/// Whether a name stands in a line by itself, and not as the end of a longer name.
pub(super) fn names(line: &str, name: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(name).any(|(at, _)| !line[..at].ends_with(is_part))
}

/// Whether the file belongs to a library that is shipped: no program, no tests, no tools.
pub(super) fn in_library(file: &File) -> bool {
    let Some((name, rest)) = file.path.strip_prefix("crates/").and_then(|path| path.split_once('/')) else {
        return false;
    };
    let is_program = ["sayso-cli", "sayso-train"].contains(&name);
    rest.starts_with("src/") && !is_program && !rest.ends_with("/tests.rs") && !rest.contains("/tests/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_tests_are_left_out() {
        let text = "//! What it is for.\nlet a = 1;\n    // why\nlet b = 2;\n#[cfg(test)]\nmod tests {}\n";
        assert_eq!(shipped_lines(text).collect::<Vec<_>>(), [(2, "let a = 1;"), (4, "let b = 2;")]);
        assert_eq!(lines(text).count(), 4);
    }

    #[test]
    fn a_longer_name_is_another_name() {
        assert!(names("  print!(x)", "print!("));
        assert!(!names("  eprint!(x)", "print!("));
        assert!(names("eprint!(); std::print!()", "print!("));
    }

    #[test]
    fn programs_and_tests_are_no_libraries() {
        let file = |path: &str| File { path: path.to_owned(), bytes: Vec::new() };
        assert!(in_library(&file("crates/sayso-read/src/text/mod.rs")));
        for path in ["crates/sayso-cli/src/main.rs", "crates/sayso/tests/it/main.rs", "xtask/src/main.rs"] {
            assert!(!in_library(&file(path)), "{path}");
        }
    }
}
