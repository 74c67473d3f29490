//! The OpenAPI document beside the server, by a program that knows neither: schemathesis sends what the document allows, and
//! much that it does not.
//!
//! Needs the Python that `SAYSO_READERS` names, with schemathesis; without it the test is skipped with a notice.

use crate::ledgers::{Running, Served, json};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// What must hold of every answer. Whether a request was rightly refused is left out: that a day is in the calendar, or an
/// id in the ledger, no schema tells.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance,unsupported_method";

#[tokio::test]
async fn every_answer_is_as_promised() {
    let Some(python) = python() else {
        eprintln!("NOTICE: schemathesis is missing; the OpenAPI document is not held beside the server");
        return;
    };
    let served = Served::story();
    let promised = with_what_is_there(&served).await;
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("openapi.json");
    std::fs::write(&document, promised.to_string()).unwrap();
    let server = Running::serve(served);
    let run = Command::new(python)
        .args(["-m", "schemathesis.cli", "run"])
        .arg(&document)
        .args([
            "--url",
            &server.at(""),
            "--checks",
            CHECKS,
            "--max-examples",
            "25",
            "--seed",
            "1",
            "--no-color",
        ])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{told}{}", String::from_utf8_lossy(&run.stderr));
    let (_, tested) = told.split_once("Tested: ").expect("it says how much it tried");
    let operations =
        promised["paths"].as_object().unwrap().values().map(|path| path.as_object().unwrap().len());
    assert_eq!(
        tested.split_whitespace().next(),
        Some(operations.sum::<usize>().to_string().as_str()),
        "{told}"
    );
}

/// A Python that has schemathesis.
fn python() -> Option<std::ffi::OsString> {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/readers/bin/python");
    let python = std::env::var_os("SAYSO_READERS").unwrap_or_else(|| ours.into());
    let has = Command::new(&python).args(["-c", "import schemathesis"]).output();
    has.is_ok_and(|output| output.status.success()).then_some(python)
}

/// The OpenAPI document, with ids and names for which there is an answer, so that not all that is asked is missing.
async fn with_what_is_there(served: &Served) -> Value {
    let app = served.app();
    let mut promised = json(&app, "/api/v1/openapi.json").await;
    let claims = json(&app, "/api/v1/claims?limit=5").await;
    let statements = json(&app, "/api/v1/statements?q=barrels&limit=5").await;
    let documents = json(&app, "/api/v1/documents?q=barrels&limit=5").await;
    let sources = json(&app, "/api/v1/sources?limit=5").await;
    let matters = json(&app, "/api/v1/review?limit=5").await;
    let all = |list: &Value, key: &str| -> Vec<Value> {
        list.as_array().unwrap().iter().map(|one| one[key].clone()).collect()
    };
    let [claims, statements, documents] =
        [&claims["claims"], &statements["found"], &documents["found"]].map(|list| all(list, "id"));
    let sources = all(&sources["sources"], "name");
    assert!([&claims, &statements, &documents, &sources].iter().all(|list| !list.is_empty()));
    for (path, methods) in promised["paths"].as_object_mut().unwrap() {
        let ids = match path.split('/').nth(3) {
            Some("claims") => &claims,
            Some("documents") => &documents,
            _ => &statements,
        };
        let parameters = methods.get_mut("get").and_then(|get| get["parameters"].as_array_mut());
        for parameter in parameters.into_iter().flatten() {
            match parameter["name"].as_str() {
                Some("id") => parameter["schema"] = json!({ "type": "string", "enum": ids }),
                Some("name") => parameter["schema"] = json!({ "type": "string", "enum": sources }),
                Some("without") => {
                    parameter["schema"]["items"] = json!({ "type": "string", "enum": sources })
                }
                Some("q") => {
                    parameter["schema"] =
                        json!({ "type": "string", "enum": ["barrels", "\"fresh evidence\" -no"] })
                }
                _ => {}
            }
        }
    }
    let mut subjects = all(&matters["matters"], "on");
    let named = |sort: &str, list: &[Value]| -> Vec<Value> {
        list.iter().map(|one| json!(format!("{sort}:{}", one.as_str().unwrap()))).collect()
    };
    subjects.extend(named("statement", &statements));
    subjects.extend(named("source", &sources));
    subjects.extend(named("document", &documents));
    subjects.extend(named("claim", &claims));
    promised["components"]["schemas"]["Act"]["properties"]["on"] =
        json!({ "type": "string", "enum": subjects });
    promised
}
