//! Pages by their addresses, from a server on this machine: what is fetched, what is refused, and what is never asked.

use assert_cmd::Command;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

const PAGE: &str = "<html><body><article><h1>Barrels</h1><p>The barrels are empty, said Ilse Marwick, who counted \
                    them on the pier before the tide came in on Monday.</p></article></body></html>";

/// A server that answers from a table and remembers what it was asked. Its thread ends with the test's process.
struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// `{here}` in an answer stands for the server's own address.
    fn start(answers: &[(&str, &str)]) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let here = |text: &str| text.replace("{here}", &address.to_string());
        let answers: Vec<(String, Vec<u8>)> =
            answers.iter().map(|(path, answer)| ((*path).to_owned(), here(answer).into_bytes())).collect();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client may hang up whenever it likes.
                let _ = answer(stream, &answers, &log);
            }
        });
        Server { address, asked }
    }

    fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(
    mut stream: TcpStream,
    answers: &[(String, Vec<u8>)],
    log: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut head = BufReader::new(stream.try_clone()?).lines();
    let first = head.next().transpose()?.unwrap_or_default();
    for line in head {
        let line = line?.to_ascii_lowercase();
        if line.starts_with("user-agent:") {
            assert!(line.contains("sayso/"), "{line}");
        }
        if line.is_empty() {
            break;
        }
    }
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let found = answers.iter().find(|(known, _)| *known == path);
    log.lock().unwrap().push(path);
    let missing = b"HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".to_vec();
    stream.write_all(found.map_or(&missing, |(_, answer)| answer))
}

fn found(kind: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn moved(to: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n")
}

/// Reads addresses without a ledger: the lines of JSON, what was said, and the exit code.
fn read(arguments: &[&str]) -> (Vec<serde_json::Value>, String, Option<i32>) {
    let mut command = Command::cargo_bin("sayso").unwrap();
    // A proxy of the machine must make no difference.
    command.env("http_proxy", "http://127.0.0.1:1").env("ALL_PROXY", "http://127.0.0.1:1");
    let output = command.args(["read", "--dry-run", "--json"]).args(arguments).output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let reports = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (reports, String::from_utf8(output.stderr).unwrap(), output.status.code())
}

#[test]
fn a_page_is_fetched_with_its_last_address_and_the_type_its_server_gives() {
    let server = Server::start(&[
        ("/old", &moved("/new?page=1#top")),
        ("/new?page=1", &found("text/html; charset=windows-1252", PAGE)),
    ]);
    let (reports, said, code) = read(&["--allow-private", &server.at("/old")]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(reports[0]["input"], server.at("/old"));
    assert_eq!(reports[0]["document"]["url"], server.at("/new?page=1"));
    assert_eq!(reports[0]["statements"][0]["source"]["name"], "Ilse Marwick", "{}", reports[0]);
    assert_eq!(server.asked(), ["/robots.txt", "/old", "/new?page=1"]);
}

#[test]
fn nothing_of_this_machine_is_asked_unless_the_user_says_so() {
    let server = Server::start(&[("/", &found("text/html", PAGE))]);
    let port = server.address.port();
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f.1"] {
        let (reports, said, code) = read(&[&format!("http://{host}:{port}/")]);
        assert_eq!(code, Some(1), "{host}");
        let why = reports[0]["outcome"]["left_out"]["unreadable"].as_str().unwrap_or_default();
        assert!(why.contains("--allow-private reads it"), "{host}: {why}");
        assert!(said.contains("left out: http://"), "{said}");
    }
    for ignore in ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[fe80::1]/"] {
        let (_, said, code) = read(&["--ignore-robots", ignore]);
        assert!(code == Some(1) && said.contains("--allow-private"), "{ignore}: {said}");
    }
    assert_eq!(server.asked(), Vec::<String>::new());
}

#[test]
fn robots_txt_is_honoured_also_where_a_page_leads_on() {
    let robots = "User-agent: *\nDisallow: /\n\nUser-agent: sayso\nDisallow: /private\n";
    let server = Server::start(&[
        ("/robots.txt", &found("text/plain", robots)),
        ("/private/1", &found("text/html", PAGE)),
        ("/open", &moved("/private/1")),
    ]);
    let (_, said, code) = read(&["--allow-private", &server.at("/private/1")]);
    assert!(code == Some(1) && said.contains("--ignore-robots reads it"), "{said}");
    let (_, said, code) = read(&["--allow-private", &server.at("/open")]);
    assert!(code == Some(1) && said.contains("--ignore-robots reads it"), "{said}");
    assert_eq!(server.asked(), ["/robots.txt", "/robots.txt", "/open"]);
    let (reports, said, code) = read(&["--allow-private", "--ignore-robots", &server.at("/open")]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(reports[0]["document"]["url"], server.at("/private/1"));
}

#[test]
fn where_robots_txt_cannot_be_had_nothing_is_read() {
    let busy = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    let server = Server::start(&[("/robots.txt", busy), ("/", &found("text/html", PAGE))]);
    let (_, said, code) = read(&["--allow-private", &server.at("/"), &server.at("/other")]);
    assert_eq!(code, Some(1));
    assert_eq!(said.matches("503 Service Unavailable where its robots.txt should be").count(), 2, "{said}");
    assert_eq!(server.asked(), ["/robots.txt"], "a host is asked for its robots.txt once");
}

#[test]
fn what_leads_nowhere_is_left_out_and_the_rest_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    std::fs::write(&file, PAGE).unwrap();
    let other = Server::start(&[("/", &found("text/html", PAGE))]);
    let server = Server::start(&[
        ("/circle", &moved("http://{here}/circle")),
        ("/script", &moved("file:///etc/passwd")),
        ("/cut", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5000\r\n\r\n<p>The barrels"),
        (
            "/long",
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 999999999999\r\n\r\n<p>The barrels",
        ),
        ("/nonsense", "HELO 7\r\n\r\n"),
    ]);
    let (circle, missing) = (server.at("/circle"), server.at("/missing"));
    let (script, cut, long) = (server.at("/script"), server.at("/cut"), server.at("/long"));
    let (nonsense, fine) = (server.at("/nonsense"), other.at("/"));
    let (reports, said, code) = read(&[
        "--allow-private",
        &circle,
        &missing,
        file.to_str().unwrap(),
        &script,
        &cut,
        &long,
        &nonsense,
        "http://nowhere.invalid/",
        &fine,
    ]);
    assert_eq!(code, Some(1));
    for (address, why) in [
        (&circle, "more than 10 times"),
        (&missing, "404 Not Found"),
        (&script, "neither http nor https"),
        (&cut, "cannot be read: "),
        (&long, "is longer than"),
        (&nonsense, "cannot be read: "),
    ] {
        let line = said.lines().find(|line| line.contains(address.as_str())).unwrap_or_default();
        assert!(line.contains(why), "{address}: {line}\nin {said}");
    }
    assert!(said.contains("http://nowhere.invalid/ cannot be read: "), "{said}");
    assert!(said.contains("2 documents"), "{said}");
    assert_eq!(reports.len(), 9, "each has its line, in the order of the arguments");
    assert_eq!(reports[2]["outcome"], "not_stored");
    assert_eq!(reports[8]["document"]["url"], fine);
}

#[test]
fn a_wrong_address_is_a_wrong_call() {
    for address in ["https://", "http://ann:secret@pier.example/", "https://[::1/", "http://:80/"] {
        let (_, said, code) = read(&[address]);
        assert_eq!(code, Some(2), "{address}: {said}");
    }
}
