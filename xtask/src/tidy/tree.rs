//! The working tree as the rules see it: its files, and its crates with what they depend on.

use anyhow::{Context, Result, bail};
use cargo_metadata::{DependencyKind, MetadataCommand};
use std::fmt;
use std::path::Path;
use std::process::Command;

/// Something that a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The file, from the workspace folder.
    pub(crate) path: String,
    /// Its line, from 1; 0 where the file as a whole is meant.
    pub(crate) line: usize,
    /// What is wrong, and what to do about it.
    pub(crate) what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.what),
            line => write!(f, "{}:{line}: {}", self.path, self.what),
        }
    }
}

/// One file.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// From the workspace folder, with forward slashes.
    pub(crate) path: String,
    /// As it stands on the disk.
    pub(crate) bytes: Vec<u8>,
}

impl File {
    /// Its text, unless it is binary.
    pub(crate) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok().filter(|text| !text.contains('\0'))
    }

    /// A finding at one of its lines, counted from 1; 0 for the whole file.
    pub(crate) fn finding(&self, line: usize, what: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, what: what.into() }
    }
}

/// One crate of the workspace.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its `Cargo.toml`, from the workspace folder.
    pub(crate) manifest: String,
    /// What it depends on.
    pub(crate) dependencies: Vec<Dependency>,
}

/// One line of a crate's dependencies.
#[derive(Clone, Debug)]
pub(crate) struct Dependency {
    /// The package's own name, whatever it is renamed to.
    pub(crate) name: String,
    /// Whether only tests need it.
    pub(crate) for_tests: bool,
}

/// Everything that the rules look at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    /// Every file that is tracked, or new and not ignored, in the order of their paths.
    pub(crate) files: Vec<File>,
    /// Every crate.
    pub(crate) packages: Vec<Package>,
}

impl Tree {
    /// Reads the working tree at `root`.
    pub(crate) fn read(root: &Path) -> Result<Tree> {
        Ok(Tree { files: files(root)?, packages: packages(root)? })
    }

    /// The file at a path, where there is one.
    pub(crate) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Every file that is Rust.
    pub(crate) fn rust(&self) -> impl Iterator<Item = (&File, &str)> {
        self.files
            .iter()
            .filter(|file| file.path.ends_with(".rs"))
            .filter_map(|file| Some((file, file.text()?)))
    }

    /// The number of the line in a crate's manifest that names a dependency; 0 where none is found.
    pub(crate) fn line_of(&self, package: &Package, dependency: &str) -> usize {
        let Some(text) = self.file(&package.manifest).and_then(File::text) else { return 0 };
        let names = |line: &str| {
            let rest = line.trim_start().strip_prefix(dependency);
            rest.is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
        };
        text.lines().position(names).map_or(0, |at| at + 1)
    }
}

fn files(root: &Path) -> Result<Vec<File>> {
    let listing = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("cannot start git, which lists the files to look at")?;
    if !listing.status.success() {
        bail!("git cannot list the files: {}", String::from_utf8_lossy(&listing.stderr).trim());
    }
    let listing = String::from_utf8(listing.stdout).context("a file's name is not UTF-8")?;
    let mut paths: Vec<&str> = listing.split_terminator('\0').collect();
    paths.sort_unstable();
    paths.dedup();
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let place = root.join(path);
        // A tracked file may be deleted and the deletion not yet committed; a link is looked at where it points.
        if place.is_file() && !place.is_symlink() {
            let bytes = std::fs::read(&place).with_context(|| format!("cannot read {path}"))?;
            files.push(File { path: path.to_owned(), bytes });
        }
    }
    Ok(files)
}

fn packages(root: &Path) -> Result<Vec<Package>> {
    let metadata = MetadataCommand::new()
        .current_dir(root)
        .no_deps()
        .other_options(vec!["--offline".to_owned()])
        .exec()
        .context("cargo cannot describe the workspace")?;
    let package = |package: cargo_metadata::Package| {
        let manifest = package.manifest_path.strip_prefix(&metadata.workspace_root);
        let dependency = |dependency: cargo_metadata::Dependency| Dependency {
            for_tests: dependency.kind == DependencyKind::Development,
            name: dependency.name,
        };
        Package {
            manifest: manifest
                .map_or_else(|_| package.manifest_path.to_string(), |path| path.as_str().to_owned()),
            name: package.name.to_string(),
            dependencies: package.dependencies.into_iter().map(dependency).collect(),
        }
    };
    Ok(metadata.packages.into_iter().map(package).collect())
}

#[cfg(test)]
impl Tree {
    /// A tree of the files that a test gives: paths and what is in them.
    pub(crate) fn of(files: &[(&str, &str)]) -> Tree {
        let file =
            |&(path, text): &(&str, &str)| File { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
        Tree { files: files.iter().map(file).collect(), packages: Vec::new() }
    }

    /// The same with one more crate; a dependency that starts with `dev:` is for tests only.
    pub(crate) fn with_crate(mut self, name: &str, dependencies: &[&str]) -> Tree {
        let dependency = |name: &&str| match name.strip_prefix("dev:") {
            Some(name) => Dependency { name: name.to_owned(), for_tests: true },
            None => Dependency { name: (*name).to_owned(), for_tests: false },
        };
        let manifest = format!("crates/{name}/Cargo.toml");
        let lines: Vec<String> = dependencies
            .iter()
            .map(|name| format!("{}.workspace = true\n", name.trim_start_matches("dev:")))
            .collect();
        self.files.push(File { path: manifest.clone(), bytes: lines.concat().into_bytes() });
        self.packages.push(Package {
            name: name.to_owned(),
            manifest,
            dependencies: dependencies.iter().map(dependency).collect(),
        });
        self
    }
}

/// What a rule finds in a tree, as lines: for tests.
#[cfg(test)]
pub(crate) fn lines(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(Finding::to_string).collect()
}
