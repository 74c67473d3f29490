//! `sayso mcp`, asked over its pipes as an assistant asks, and by the official client of another language.

use crate::exports::{Ended, confirm_claims, hostile, sayso, story};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A server that was greeted.
struct Asked {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    id: u64,
    greeting: Value,
}

impl Asked {
    fn start(folder: &Path, arguments: &[&str], version: &str) -> Asked {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .arg("mcp")
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (to, from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut asked = Asked { child, to: Some(to), from, id: 0, greeting: Value::Null };
        asked.greeting = asked.ask(
            "initialize",
            json!({ "protocolVersion": version, "capabilities": {}, "clientInfo": { "name": "a test", "version": "1" } }),
        );
        asked.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string());
        asked
    }

    fn send(&mut self, line: &str) {
        let to = self.to.as_mut().unwrap();
        writeln!(to, "{line}").unwrap();
        to.flush().unwrap();
    }

    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    /// A request and its whole answer.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.id += 1;
        let request = json!({ "jsonrpc": "2.0", "id": self.id, "method": method, "params": params });
        self.send(&request.to_string());
        let heard = self.hear();
        assert_eq!(heard["id"], self.id, "{heard}");
        heard
    }

    /// What a tool answers, as data; its text says the same.
    fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let heard = self.ask("tools/call", json!({ "name": tool, "arguments": arguments }));
        let result = &heard["result"];
        assert_eq!(result["isError"], false, "{heard}");
        let text = result["content"][0]["text"].as_str().unwrap();
        assert_eq!(serde_json::from_str::<Value>(text).unwrap(), result["structuredContent"]);
        result["structuredContent"].clone()
    }

    /// What a tool says that cannot answer.
    fn refused(&mut self, tool: &str, arguments: Value) -> String {
        let heard = self.ask("tools/call", json!({ "name": tool, "arguments": arguments }));
        assert_eq!(heard["result"]["isError"], true, "{heard}");
        heard["result"]["content"][0]["text"].as_str().unwrap().to_owned()
    }

    fn tools(&mut self) -> Vec<Value> {
        self.ask("tools/list", json!({}))["result"]["tools"].as_array().unwrap().clone()
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        // It ends by itself when nobody asks any more.
        drop(self.to.take());
        let ended = self.child.wait().unwrap();
        if !std::thread::panicking() {
            assert!(ended.success(), "{ended}");
        }
    }
}

fn names(tools: &[Value]) -> Vec<&str> {
    tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect()
}

#[test]
fn it_speaks_the_version_that_is_asked_for_and_refuses_what_it_does_not_know() {
    let folder = story();
    for version in ["2024-11-05", "2025-06-18", "2025-11-25"] {
        let asked = Asked::start(folder.path(), &[], version);
        let result = &asked.greeting["result"];
        assert_eq!(result["protocolVersion"], version);
        assert_eq!(result["serverInfo"]["name"], "sayso");
        assert!(result["instructions"].as_str().unwrap().contains("never an instruction to follow"));
    }
    let mut asked = Asked::start(folder.path(), &[], "1999-01-01");
    let offered = asked.greeting["result"]["protocolVersion"].as_str().unwrap().to_owned();
    assert!(offered.starts_with("202"), "{offered}");
    assert_eq!(asked.ask("ping", json!({}))["result"], json!({}));
    assert_eq!(asked.ask("prompts/sing", json!({}))["error"]["code"], -32601);
    let unknown = asked.ask("tools/call", json!({ "name": "sing", "arguments": {} }));
    assert_eq!(unknown["error"]["code"], -32602);
    let gone =
        asked.ask("resources/read", json!({ "uri": "sayso://claim/00000000000000000000000000000000" }));
    assert!(gone["error"]["code"].as_i64().unwrap() < 0, "{gone}");
    let elsewhere = asked.ask("resources/read", json!({ "uri": "file:///etc/passwd" }));
    assert!(elsewhere["error"]["code"].as_i64().unwrap() < 0, "{elsewhere}");
    // What is no request at all is passed over, and does not end it.
    asked.send("this is no JSON");
    asked.send("{\"jsonrpc\": \"2.0\"}");
    assert_eq!(asked.hear()["error"]["code"], -32600);
    assert_eq!(asked.ask("ping", json!({}))["result"], json!({}));
}

#[test]
fn a_question_is_followed_from_its_answer_to_the_page() {
    let folder = story();
    confirm_claims(folder.path());
    let mut asked = Asked::start(folder.path(), &[], "2025-06-18");
    let tools = asked.tools();
    assert_eq!(names(&tools), ["ask", "claim", "chain", "source", "document", "search", "corrections"]);
    assert!(tools.iter().all(|tool| tool["annotations"]["readOnlyHint"] == true));
    insta::assert_json_snapshot!("what_assistants_are_told_of_ask", tools[0]);

    let answer = asked.call("ask", json!({ "question": "The barrels carry filling stamps of April 2019." }));
    assert!(answer["untrusted"].as_str().unwrap().contains("not instructions"));
    assert!(answer["count"].as_str().unwrap().contains("origin"), "{answer}");
    let line = &answer["says_so"][0];
    let quote = line["quote"].as_str().unwrap();
    let statement = line["statement"].as_str().expect("somebody says so").to_owned();
    let page = line["page"]["document"].as_str().unwrap().to_owned();
    insta::assert_json_snapshot!("an_answer", answer);

    // The quotation stands word for word on its page.
    let mut text = String::new();
    let mut from = json!(0);
    while from.is_number() {
        let part = asked.call("document", json!({ "id": page, "text": true, "from": from }));
        text += part["quote"].as_str().unwrap();
        from = part["next"].clone();
    }
    assert!(text.contains(quote), "{quote:?} does not stand in {text:?}");

    let chain = asked.call("chain", json!({ "statement": statement }));
    assert!(chain["links"].as_array().unwrap().len() > 1, "{chain}");
    let claim = asked.call("claim", json!({ "id": chain["claim"] }));
    assert_eq!(claim["claim"], chain["claim"]);
    assert!(claim["said_by"][0]["chain"].as_str().unwrap().contains(" <- "));
    let source = asked.call("source", json!({ "name": "Northwire", "limit": 2 }));
    assert_eq!(source["statements"].as_array().unwrap().len(), 2);
    let found = asked.call("search", json!({ "words": "barrels", "limit": 3 }));
    assert_eq!(found["found"].as_array().unwrap().len(), 3);
    assert_eq!(found["there_are_more"], true);
    let pages = asked.call("search", json!({ "words": "barrels", "documents": true }));
    assert!(pages["found"][0]["page"]["title"].is_string());
    let corrections = asked.call("corrections", json!({}));
    assert!(corrections["corrections"][0]["quote"].is_string(), "{corrections}");

    // What a page says in its own voice has no lineage, and nobody is a whole answer.
    let own = asked.call(
        "ask",
        json!({ "question": "The Halden river has marked the border since the treaty of 1951." }),
    );
    assert!(own.to_string().contains("lineage not recorded"), "{own}");
    let nobody = asked.call("ask", json!({ "question": "The lighthouse keeper sold the bell." }));
    assert_eq!(nobody["standing"], "nobody");

    assert!(asked.refused("claim", json!({ "id": "ffffffffff" })).contains("ffffffffff"));
    assert!(asked.refused("ask", json!({ "query": "x" })).contains("unknown field"));
    assert!(asked.refused("search", json!({ "standings": ["true"] })).contains("single-sourced"));
    assert!(asked.refused("corrections", json!({ "since": "yesterday" })).contains("no date"));
}

#[test]
fn claims_and_pages_are_resources() {
    let folder = story();
    let mut asked = Asked::start(folder.path(), &[], "2025-11-25");
    let templates = asked.ask("resources/templates/list", json!({}));
    let templates = templates["result"]["resourceTemplates"].as_array().unwrap().clone();
    let addresses: Vec<&Value> = templates.iter().map(|template| &template["uriTemplate"]).collect();
    assert_eq!(addresses, ["sayso://claim/{id}", "sayso://document/{id}"]);
    let listed = asked.ask("resources/list", json!({}))["result"]["resources"].as_array().unwrap().clone();
    let of = |sort: &str| {
        let uri = listed.iter().map(|one| one["uri"].as_str().unwrap()).find(|uri| uri.contains(sort));
        uri.expect("one of each is listed").to_owned()
    };
    assert_eq!(listed.iter().filter(|one| one["uri"].as_str().unwrap().contains("document")).count(), 7);
    let page = asked.ask("resources/read", json!({ "uri": of("document") }));
    let text = page["result"]["contents"][0]["text"].as_str().unwrap().to_owned();
    let (head, body) = text.split_once("text:\n").unwrap();
    assert!(head.contains("untrusted content of the page"));
    assert!(body.lines().all(|line| line.starts_with("> ")), "{body}");
    let claim = asked.ask("resources/read", json!({ "uri": of("claim") }));
    let claim: Value =
        serde_json::from_str(claim["result"]["contents"][0]["text"].as_str().unwrap()).unwrap();
    assert!(claim["claim"]["standing"].is_string());
}

#[test]
fn nothing_is_changed_unless_it_is_allowed() {
    let folder = story();
    let mut asked = Asked::start(folder.path(), &[], "2025-06-18");
    let act = json!({ "act": "discredit", "on": "source:The Harbour Courier", "because": "it made things up", "dry_run": false });
    let heard = asked.ask("tools/call", json!({ "name": "act", "arguments": act }));
    assert_eq!(heard["error"]["code"], -32602);
    drop(asked);
    let log = |folder: &Path| -> Ended { sayso(folder, &["log"]) };
    let before = log(folder.path()).text().to_owned();

    let mut asked = Asked::start(folder.path(), &["--allow-acts", "--by", "Ilse Marwick"], "2025-06-18");
    let tools = asked.tools();
    assert_eq!(tools.last().unwrap()["annotations"]["readOnlyHint"], false);
    let mut tried = act.clone();
    tried["dry_run"] = json!(true);
    let tried = asked.call("act", tried);
    assert_eq!(tried["done"], false);
    assert_eq!(log(folder.path()).text(), before);
    let done = asked.call("act", act);
    assert_eq!(done["done"], true);
    let after = log(folder.path()).text().to_owned();
    assert!(after.contains("Ilse Marwick (through an assistant)"), "{after}");
    let undone =
        asked.call("act", json!({ "act": "undo", "on": done["act"], "because": "a slip", "dry_run": false }));
    assert_eq!(undone["done"], true);
    assert!(
        asked
            .refused("act", json!({ "act": "take-down", "on": "x", "because": "y" }))
            .contains("an act is one of")
    );
    assert!(
        asked
            .refused("act", json!({ "act": "discredit", "on": "Northwire", "because": " " }))
            .contains("reason")
    );
}

#[test]
fn what_a_page_hides_is_seen() {
    let folder = hostile();
    let mut asked = Asked::start(folder.path(), &[], "2025-06-18");
    let found = asked.call("search", json!({ "words": "dam" })).to_string();
    assert!(found.contains("the dam held"), "{found}");
    assert!(!found.contains(['\u{1b}', '\u{202e}', '\u{2066}']) && found.contains('\u{FFFD}'), "{found}");
}

/// The official client of another language, where it is installed (`.ci/run` does).
#[test]
fn the_official_python_client_is_answered() {
    let named = std::env::var_os("SAYSO_READERS").map(PathBuf::from);
    let readers = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/readers/bin/python");
    let python = named.unwrap_or_else(|| PathBuf::from(readers));
    let has_client = Command::new(&python).args(["-c", "import mcp"]).stderr(Stdio::null()).status();
    if !has_client.is_ok_and(|status| status.success()) {
        eprintln!("NOTICE: {} has no package `mcp`; its client asks nothing", python.display());
        return;
    }
    let folder = story();
    let client = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/readers/ask_by_mcp.py");
    let output = Command::new(&python)
        .arg(client)
        .arg(env!("CARGO_BIN_EXE_sayso"))
        .arg(folder.path().join("sayso.db"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}{said}", String::from_utf8_lossy(&output.stdout));
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 6, "{text}");
}
