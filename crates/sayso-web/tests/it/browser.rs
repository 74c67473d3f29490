//! A real browser: the story of the example from search to undo, by its pages alone; and axe-core, which looks for what
//! keeps people out.
//!
//! Needs `chromedriver` and `chromium`; without them the test is skipped with a notice. axe-core is taken from
//! the file that `SAYSO_AXE` names, as `.ci/run` does.

use crate::ledgers::{FALLEN_WITHOUT_NORTHWIRE, Running, Served, json as get_json, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sayso_web::{Role, Users};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Keys, as the WebDriver protocol writes them.
const TAB: &str = "\u{E004}";
const ENTER: &str = "\u{E007}";

/// A browser that is driven over the WebDriver protocol.
struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() && !std::thread::panicking() {
            let _ = self.ask("DELETE", "", None);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// How high what is shown is, in pixels.
const HEIGHT: u32 = 1_000;

impl Browser {
    /// A browser with a window of so many pixels; none where there is none on this machine.
    fn open(width: u32, dark: bool) -> Option<Browser> {
        let driver =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let Ok(mut driver) = driver else {
            eprintln!("NOTICE: chromedriver is missing; the pages are not tried in a browser");
            return None;
        };
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        // The first line repeats the port that was asked for, the last tells the one that was given.
        let told =
            |line: &str| line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok();
        let port = lines.find_map(|line| told(&line.ok()?));
        // It must be read from as long as it writes.
        std::thread::spawn(move || lines.for_each(drop));
        let mut browser = Browser { driver, port: port.expect("it tells its port"), session: String::new() };
        let mut arguments = vec!["--headless=new".to_owned(), "--no-sandbox".into(), "--disable-gpu".into()];
        arguments.push(format!("--window-size={width},{HEIGHT}"));
        if dark {
            arguments.push("--force-dark-mode".into());
            arguments.push("--blink-settings=preferredColorScheme=0".into());
        }
        let wanted =
            json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": { "args": arguments } } } });
        let started = browser.send("POST", "/session", Some(&wanted));
        browser.session =
            started["value"]["sessionId"].as_str().unwrap_or_else(|| panic!("{started}")).to_owned();
        // No window is as narrow as a telephone; what is shown in it can be.
        browser.devtools(
            "Emulation.setDeviceMetricsOverride",
            &json!({ "width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": false }),
        );
        Some(browser)
    }

    /// Asks the browser itself for something, as its tools for developers do.
    fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.ask("POST", "/goog/cdp/execute", Some(body)).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// A picture of what is shown.
    fn picture(&self) -> Vec<u8> {
        let picture = self.devtools("Page.captureScreenshot", &json!({ "format": "webp", "quality": 80 }));
        STANDARD.decode(picture["data"].as_str().expect("a picture")).unwrap()
    }

    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
        );
        stream.write_all((head + &body).as_bytes()).unwrap();
        // The driver keeps the line open, so that its answer ends where it says.
        let mut answer = BufReader::new(stream);
        let mut length = 0;
        for line in answer.by_ref().lines() {
            let line = line.unwrap().to_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        answer.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value, String> {
        let answer = self.send(method, &format!("/session/{}{path}", self.session), body.as_ref());
        match answer["value"]["error"].as_str() {
            Some(error) => Err(format!("{path}: {error}: {}", answer["value"]["message"])),
            None => Ok(answer["value"].clone()),
        }
    }

    fn go(&self, address: &str) {
        self.ask("POST", "/url", Some(json!({ "url": address }))).unwrap();
    }

    /// The elements that an XPath finds.
    fn find(&self, xpath: &str) -> Vec<String> {
        let found = self.ask("POST", "/elements", Some(json!({ "using": "xpath", "value": xpath }))).unwrap();
        let elements = found.as_array().unwrap().iter();
        elements
            .map(|element| element.as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned())
            .collect()
    }

    /// Tries until it comes out, since a click returns before the page it leads to is there.
    fn until<T>(&self, what: &str, mut attempt: impl FnMut() -> Result<T, String>) -> T {
        let patience = Instant::now() + Duration::from_secs(30);
        loop {
            match attempt() {
                Ok(outcome) => return outcome,
                Err(fault) if Instant::now() > patience => panic!("{what}: {fault}: {}", self.text()),
                Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }

    fn one(&self, xpath: &str) -> Result<String, String> {
        self.find(xpath).into_iter().next().ok_or_else(|| "is not there".to_owned())
    }

    fn click(&self, xpath: &str) {
        self.until(xpath, || {
            let element = self.one(xpath)?;
            let there = json!([{ "element-6066-11e4-a52e-4f735466cecf": element }]);
            let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
            self.ask("POST", "/execute/sync", Some(json!({ "script": script, "args": there })))?;
            self.ask("POST", &format!("/element/{element}/click"), Some(json!({})))
        });
    }

    fn write(&self, xpath: &str, words: &str) {
        self.until(xpath, || {
            let element = self.one(xpath)?;
            self.ask("POST", &format!("/element/{element}/value"), Some(json!({ "text": words })))
        });
    }

    /// Waits for words on the page.
    fn shows(&self, words: &str) {
        self.until(words, || if self.text().contains(words) { Ok(()) } else { Err("is not shown".into()) });
    }

    /// Presses keys, one after another, into whatever has the focus.
    fn press(&self, keys: &str) {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|what| json!({ "type": what, "value": key })))
            .collect();
        let keyboard = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.ask("POST", "/actions", Some(keyboard)).unwrap();
    }

    /// Goes on with the Tab key until what an XPath finds has the focus.
    fn tab_to(&self, xpath: &str) {
        self.until(xpath, || self.one(xpath));
        let has_focus = format!(
            "return document.evaluate({}, document, null, 9, null).singleNodeValue === document.activeElement",
            json!(xpath)
        );
        for _ in 0..300 {
            if self.run(&has_focus) == true {
                return;
            }
            self.press(TAB);
        }
        panic!("the Tab key does not come to {xpath}: {}", self.text());
    }

    fn run(&self, script: &str) -> Value {
        self.ask("POST", "/execute/sync", Some(json!({ "script": script, "args": [] }))).unwrap()
    }

    /// What can be read on the page.
    fn text(&self) -> String {
        let script = json!({ "script": "return document.body?.innerText ?? ''", "args": [] });
        let text = self.ask("POST", "/execute/sync", Some(script)).unwrap_or_default();
        text.as_str().unwrap_or_default().to_owned()
    }
}

#[test]
fn the_story_from_search_to_undo() {
    let Some(browser) = Browser::open(1_400, false) else { return };
    let server = Running::story();
    browser.go(&server.at("/"));
    browser.write("//main//input[@name='q']", "fresh evidence");
    browser.click("//main//button[text()='Ask']");
    browser.click("//main//blockquote/a[contains(., 'fresh evidence')]");
    browser.shows("1 origin");
    // What if Northwire were not believed?
    browser.click("//input[@name='without'][@value='Northwire']");
    browser.click("//button[text()='Show what would change']");
    browser.shows("If Northwire were not believed");
    browser.shows(&format!("Would fall: {FALLEN_WITHOUT_NORTHWIRE}"));
    // To its page, and do it.
    browser.click("//td[@data-label='Who']//a[.='Northwire']");
    browser.click("//summary[.='They should not be believed']");
    let form = "//details[summary='They should not be believed']";
    browser.write(&format!("{form}//input[@name='by']"), "a tester");
    browser.write(&format!("{form}//textarea"), "it took all of it from one man");
    browser.click(&format!("{form}//button"));
    browser.shows("Nothing has been done");
    browser.click("//button[.='Do it']");
    browser.shows(&format!("Fell: {FALLEN_WITHOUT_NORTHWIRE}"));
    browser.go(&server.at("/claims?standing=fallen"));
    browser.until("the claim", || browser.one("//main//td//a[contains(., 'fresh evidence')]"));
    // The log, and back again.
    browser.click("//nav//a[.='Log']");
    browser.click("//main//ol/li[1]//summary[.='Undo']");
    // The name is known by now.
    browser.click("//main//ol/li[1]//button[.='Undo it']");
    browser.shows(&format!("Stand again: {FALLEN_WITHOUT_NORTHWIRE}"));
    // A statement is flagged, and waits for review.
    browser.go(&server.at("/search?q=photographs&in=statements"));
    browser.click("//main//blockquote/a");
    browser.click("//summary[.='Ask for it to be looked at']");
    let form = "//details[summary='Ask for it to be looked at']";
    browser.write(&format!("{form}//textarea"), "this is not what he said");
    browser.click(&format!("{form}//button"));
    browser.shows("Done");
    browser.go(&server.at("/review?kind=flagged"));
    browser.shows("this is not what he said");
    // It is decided, and taken back.
    browser.click("//main//button[.='No']");
    browser.shows("Done: 1 decision");
    browser.shows("Nothing waits here.");
    browser.click("//main//button[.='Undo']");
    browser.shows("Taken back: 1 decision");
    browser.shows("this is not what he said");
}

/// From a question to a flagged statement, without a mouse.
#[test]
fn the_keyboard_alone_does_it_all() {
    let Some(browser) = Browser::open(1_400, false) else { return };
    let server = Running::story();
    browser.go(&server.at("/"));
    // The first stop leads past the menu. A key pressed before the page is there is lost.
    browser.tab_to("//a[@href='#content']");
    browser.press(ENTER);
    browser.until("the content", || {
        let hash = browser.run("return location.hash");
        if hash == "#content" { Ok(()) } else { Err(hash.to_string()) }
    });
    browser.tab_to("//main//input[@name='q']");
    browser.press("fresh evidence");
    browser.press(ENTER);
    browser.tab_to("//main//blockquote/a[contains(., 'fresh evidence')]");
    browser.press(ENTER);
    browser.tab_to("//input[@name='without'][@value='Northwire']");
    browser.press(" ");
    browser.tab_to("//button[text()='Show what would change']");
    browser.press(ENTER);
    browser.shows(&format!("Would fall: {FALLEN_WITHOUT_NORTHWIRE}"));
    browser.tab_to("//main//a[.='its chain']");
    browser.press(ENTER);
    browser.tab_to("//summary[.='Ask for it to be looked at']");
    browser.press(ENTER);
    let form = "//details[summary='Ask for it to be looked at']";
    browser.tab_to(&format!("{form}//input[@name='by']"));
    browser.press("a reader");
    browser.press(TAB);
    browser.press("this is not what he said");
    browser.press(TAB);
    browser.press(ENTER);
    browser.shows("Done");
    browser.tab_to("//nav//a[.='Review']");
    browser.press(ENTER);
    browser.shows("this is not what he said");
}

/// Everything that can be used is a stop of the Tab key, in the order of the page, and shows that it has the focus.
#[test]
fn the_keyboard_reaches_everything() {
    let Some(browser) = Browser::open(1_400, false) else { return };
    let server = Running::story();
    browser.go(&server.at("/api/v1/ask?q=fresh+evidence"));
    let claims: Value = serde_json::from_str(&browser.text()).unwrap();
    let claim = claims["found"][0]["id"].as_str().unwrap().to_owned();
    browser.go(&server.at("/api/v1/documents?q=shore+closes"));
    let found: Value = serde_json::from_str(&browser.text()).unwrap();
    let document = found["found"][0]["id"].as_str().unwrap().to_owned();
    for path in [
        "/".to_owned(),
        "/search?q=barrels".into(),
        format!("/claims/{claim}"),
        format!("/documents/{document}"),
        "/source?name=Northwire".into(),
        "/review".into(),
        "/log".into(),
        "/add".into(),
        "/check".into(),
        format!("/documents/{document}/check"),
        "/hypotheses".into(),
    ] {
        browser.go(&server.at(&path));
        let stops = browser.run(
            "window.stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
                 .filter(stop => stop.type !== 'hidden' && stop.checkVisibility());
             return stops.map(stop => stop.outerHTML.slice(0, 100))",
        );
        let stops = stops.as_array().unwrap().len();
        assert!(stops > 10, "{path}");
        let mut reached = Vec::new();
        // Some stops have several parts, as a date has.
        for _ in 0..stops * 4 {
            browser.press(TAB);
            let at = browser.run(
                "const at = stops.indexOf(document.activeElement);
                 const box = stops[at]?.querySelector('.box');
                 const seen = at < 0 || (box ? getComputedStyle(box).strokeWidth === '4px'
                                             : getComputedStyle(stops[at]).outlineStyle !== 'none');
                 return [at, seen, document.activeElement?.outerHTML.slice(0, 100) ?? '']",
            );
            let number = at[0].as_i64().unwrap();
            assert_eq!(at[1], true, "{path}: nothing shows that this has the focus: {at}");
            if number >= 0 && reached.last() != Some(&number) {
                reached.push(number);
            }
            if number == stops as i64 - 1 {
                break;
            }
        }
        let all: Vec<i64> = (0..stops as i64).collect();
        assert_eq!(reached, all, "{path}");
    }
}

/// Whoever has no user sees the way in; a reader is refused what takes an editor, and an editor is not.
#[test]
fn signing_in_and_what_it_allows() {
    let Some(browser) = Browser::open(1_400, false) else { return };
    let story = Served::story();
    let mut users = Users::of(&story.path).unwrap();
    for role in [Role::Reader, Role::Editor] {
        users.add(role.word(), role, "correct horse battery").unwrap();
    }
    let server = Running::serve(story);
    let sign_in = |name: &str, password: &str| {
        browser.write("//input[@name='name']", name);
        browser.write("//input[@name='password']", password);
        browser.click("//main//button[.='Sign in']");
    };
    let source = "/source?name=Northwire";
    let discredit = || {
        browser.click("//summary[.='They should not be believed']");
        let form = "//details[summary='They should not be believed']";
        browser.write(&format!("{form}//textarea"), "it took all of it from one man");
        browser.click(&format!("{form}//button"));
    };
    browser.go(&server.at(source));
    browser.shows("Your password");
    assert!(!browser.text().contains("Northwire"), "{}", browser.text());
    sign_in("reader", "correct horse");
    browser.shows("the name or the password is wrong");
    browser.go(&server.at(source));
    sign_in("reader", "correct horse battery");
    // Back where the way was barred.
    browser.shows("reader, reader");
    browser.shows("Decide, or reply");
    discredit();
    browser.shows("this takes an editor; you are a reader");
    browser.go(&server.at("/log"));
    browser.shows("Every act");
    assert!(!browser.text().contains("it took all of it from one man"));
    browser.click("//button[.='Sign out']");
    browser.shows("Your password");
    browser.go(&server.at(source));
    sign_in("editor", "correct horse battery");
    browser.shows("editor, editor");
    discredit();
    browser.click("//button[.='Do it']");
    browser.shows(&format!("Fell: {FALLEN_WITHOUT_NORTHWIRE}"));
    browser.go(&server.at("/log"));
    browser.shows("it took all of it from one man");
    browser.click("//button[.='Sign out']");
    browser.shows("Your password");
    browser.go(&server.at("/log"));
    browser.shows("Your password");
}

/// Where axe-core is, if it is anywhere.
fn axe() -> Option<String> {
    std::fs::read_to_string(std::env::var_os("SAYSO_AXE")?).ok()
}

#[test]
fn nobody_is_kept_out() {
    let Some(axe) = axe() else {
        eprintln!("NOTICE: axe-core is missing; nobody looked for what keeps people out");
        return;
    };
    let server = Running::story();
    let mut faults = Vec::new();
    for (width, dark) in [(360, false), (360, true), (1_400, false), (1_400, true)] {
        let Some(browser) = Browser::open(width, dark) else { return };
        browser.go(&server.at("/api/v1/ask?q=fresh+evidence"));
        let claims: Value = serde_json::from_str(&browser.text()).unwrap();
        let claim = claims["found"][0]["id"].as_str().unwrap().to_owned();
        browser.go(&server.at("/api/v1/documents?q=shore+closes"));
        let found: Value = serde_json::from_str(&browser.text()).unwrap();
        let document = found["found"][0]["id"].as_str().unwrap().to_owned();
        browser.go(&server.at("/api/v1/statements?q=photographs"));
        let found: Value = serde_json::from_str(&browser.text()).unwrap();
        let statement = found["found"][0]["id"].as_str().unwrap().to_owned();
        for path in [
            "/".to_owned(),
            "/search?q=barrels".into(),
            "/search?q=barrels&in=statements".into(),
            "/search?q=Were+the+barrels+filled+in+Ulmark%3F".into(),
            "/claims".into(),
            format!("/claims/{claim}/embed"),
            format!("/claims/{claim}?without=Northwire&then=2019-06-10"),
            format!("/documents/{document}"),
            format!("/statements/{statement}"),
            "/documents".into(),
            "/sources".into(),
            "/source?name=Northwire".into(),
            "/corrections".into(),
            "/review".into(),
            "/hypotheses".into(),
            "/log".into(),
            "/add".into(),
            "/kept".into(),
            "/check".into(),
            format!("/documents/{document}/check"),
            "/trace?q=filling+stamps+of+April+2019".into(),
            "/nowhere".into(),
        ] {
            browser.go(&server.at(&path));
            browser.run(&format!("{axe}; window.axe = axe;"));
            let looked = browser.ask(
                "POST",
                "/execute/async",
                Some(json!({
                    "script": "const done = arguments[0]; axe.run().then(found => done(found.violations.map(fault => fault.id + ': ' + fault.nodes.map(node => node.html.slice(0, 120)).slice(0, 3).join(' | '))))",
                    "args": [],
                })),
            );
            let found = looked.unwrap();
            faults.extend(
                found
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|fault| format!("{path} at {width}, dark {dark}: {fault}")),
            );
            assert_eq!(browser.run("return window.innerWidth"), width, "{path}");
            let wide = browser.run("return document.documentElement.scrollWidth > window.innerWidth + 1");
            if wide == true {
                faults.push(format!("{path} at {width} is wider than the window"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every page in pictures, for those who have not started the program yet: made anew with `SAYSO_UPDATE_DOCS`, and there
/// for every page in any case.
#[tokio::test(flavor = "multi_thread")]
async fn the_pictures_of_the_pages() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/pages"));
    let told = std::fs::read_to_string(folder.with_extension("md")).unwrap_or_default();
    let anew = std::env::var_os("SAYSO_UPDATE_DOCS").is_some();
    for width in [360, 1_400] {
        for (name, _) in PICTURES {
            let file = format!("{name}-{width}.webp");
            assert!(told.contains(&format!("](pages/{file})")), "docs/pages.md shows {file}");
            assert!(
                anew || folder.join(&file).is_file(),
                "docs/pages has {file}; SAYSO_UPDATE_DOCS=1 makes it"
            );
        }
    }
    if !anew {
        return;
    }
    std::fs::create_dir_all(folder).unwrap();
    let server = Running::serve(story_with_a_question().await);
    for width in [360, 1_400] {
        let Some(browser) = Browser::open(width, false) else { return };
        for (name, path) in PICTURES {
            let id = |asked: &str, list: &str| {
                browser.go(&server.at(asked));
                let found: Value = serde_json::from_str(&browser.text()).unwrap();
                let list = if list.is_empty() { &found } else { &found[list] };
                list[0]["id"].as_str().unwrap_or_else(|| panic!("{asked}: {found}")).to_owned()
            };
            let path = match *path {
                "claim" => {
                    format!("/claims/{}?without=Northwire", id("/api/v1/ask?q=fresh+evidence", "found"))
                }
                "document" => format!("/documents/{}", id("/api/v1/documents?q=shore+closes", "found")),
                "statement" => format!("/statements/{}", id("/api/v1/statements?q=photographs", "found")),
                "question" => format!("/hypotheses/{}", id("/api/v1/questions", "")),
                path => path.to_owned(),
            };
            browser.go(&server.at(&path));
            std::fs::write(folder.join(format!("{name}-{width}.webp")), browser.picture()).unwrap();
        }
    }
}

/// The story with a question of rivals, so that its page has something to show.
async fn story_with_a_question() -> Served {
    let served = Served::story();
    let app = served.app();
    let form = "words=Where+do+the+barrels+come+from%3F&hypotheses=The+Halden+dye+works%0AA+ship+that+lost+them&by=a+desk";
    post(&app, "/hypotheses", form.to_owned()).await;
    let id = get_json(&app, "/api/v1/questions").await[0]["id"].as_str().unwrap().to_owned();
    let found = get_json(&app, "/api/v1/ask?q=barrels").await;
    for claim in found["found"].as_array().unwrap().iter().take(3) {
        let claim = claim["id"].as_str().unwrap();
        let form = format!("do=evidence&claim={claim}&by=a+desk");
        post(&app, &format!("/hypotheses/{id}"), form).await;
    }
    let form = "do=rate&fit-1-1=consistent&fit-1-2=inconsistent&fit-2-1=very+consistent&fit-2-2=very+inconsistent&by=a+desk";
    post(&app, &format!("/hypotheses/{id}"), form.to_owned()).await;
    served
}

/// The pages, each with its address or with what it shows.
const PICTURES: &[(&str, &str)] = &[
    ("home", "/"),
    ("search", "/search?q=barrels"),
    ("claims", "/claims"),
    ("claim", "claim"),
    ("document", "document"),
    ("statement", "statement"),
    ("source", "/source?name=Northwire"),
    ("sources", "/sources"),
    ("corrections", "/corrections"),
    ("review", "/review"),
    ("question", "question"),
    ("log", "/log"),
    ("add", "/add"),
];
