//! A ledger served, to this machine and to users.

use assert_cmd::Command;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};

fn sayso(folder: &Path, arguments: &[&str], typed: &str) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("sayso").unwrap();
    let output = command.current_dir(folder).args(arguments).write_stdin(typed).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// A server that is killed in the end.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves, and gives the address that is printed.
fn served(folder: &Path, arguments: &[&str]) -> (Server, String) {
    let mut child = Process::new(env!("CARGO_BIN_EXE_sayso"))
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let told = lines.find_map(|line| {
        let line = line.unwrap();
        let address = line.split_once("open http://")?.1;
        Some(address.split_once("/ ").unwrap().0.to_owned())
    });
    // What else it says must be read, or it would wait.
    std::thread::spawn(move || lines.for_each(drop));
    (Server(child), told.expect("it tells its address"))
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn the_demo_opens_in_a_browser() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, address) =
        served(folder.path(), &["demo", "--ledger", "demo.db", "--serve", "--port", "0"]);
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    let first = get(&address, "/");
    assert!(first.starts_with("HTTP/1.1 200") && first.contains("Who says so"), "{first}");
}

/// What the system does when it wants a server to end, while somebody has begun to ask and goes no further.
#[cfg(unix)]
#[test]
fn it_ends_when_it_is_told_to_and_has_said_who_asked() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "“It is closed,” said Ann Lee.").unwrap();
    assert_eq!(sayso(folder.path(), &["read", "a.txt"], "").0, Some(0));
    let mut child = Process::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["serve", "--port", "0"])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut server = Server(child);
    let mut first = String::new();
    said.read_line(&mut first).unwrap();
    let address = first.split_once("http://").unwrap().1.split_once("/ ").unwrap().0.to_owned();
    assert!(get(&address, "/search?q=closed").starts_with("HTTP/1.1 200"));
    let mut half_open = TcpStream::connect(&address).unwrap();
    half_open.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    assert!(Process::new("kill").arg(server.0.id().to_string()).status().unwrap().success());
    assert_eq!(server.0.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert!(rest.contains(" 127.0.0.1 - GET /search 200\n") && !rest.contains("closed"), "{rest}");
    drop(half_open);
}

#[test]
fn others_are_let_in_once_there_are_users() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("a.txt"), "“It is closed,” said Ann Lee.").unwrap();
    assert_eq!(sayso(folder, &["read", "a.txt"], "").0, Some(0));
    let everywhere = ["serve", "--address", "0.0.0.0", "--port", "0"];
    let (code, _, said) = sayso(folder, &everywhere, "");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("sayso users add"), "{said}");
    let (code, _, said) = sayso(folder, &["users", "add", "Ina", "--role", "editor"], "too short\n");
    assert_eq!(code, Some(2), "{said}");
    let (code, _, said) = sayso(folder, &["users", "add", "Ina", "--role", "editor"], "long enough for it\n");
    assert_eq!((code, said.as_str()), (Some(0), "Ina can sign in, as editor\n"));
    let (code, token, _) = sayso(folder, &["users", "token", "Ina", "--called", "a robot"], "");
    assert!(code == Some(0) && token.starts_with("sayso_"), "{token}");
    assert_eq!(sayso(folder, &["users", "list"], "").1, "editor    Ina  token: a robot\n");
    let (_server, address) = served(folder, &everywhere);
    let port = address.rsplit_once(':').unwrap().1;
    let first = get(&format!("127.0.0.1:{port}"), "/");
    assert!(first.starts_with("HTTP/1.1 303") && first.contains("/sign-in"), "{first}");
    assert_eq!(sayso(folder, &["users", "revoke", "Ina", "--called", "a robot"], "").0, Some(0));
    assert_eq!(sayso(folder, &["users", "remove", "Ina"], "").0, Some(0));
    assert_eq!(sayso(folder, &["users", "remove", "Ina"], "").0, Some(2));
    let (code, _, said) = sayso(folder, &["--ledger", "no.db", "users", "list"], "");
    assert_eq!(code, Some(3), "{said}");
}
