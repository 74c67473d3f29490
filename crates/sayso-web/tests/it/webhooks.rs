//! Webhooks: every change is told once it was taken, in order, and none is lost when a receiver or the server is away.

use crate::ledgers::{Served, clock, json};
use sayso_web::{Deliver, Delivery, Webhooks, heard};
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// By how much the clock of this test is ahead of the one of the ledger.
static AHEAD_S: AtomicI64 = AtomicI64::new(0);

fn later() -> String {
    sayso::show_second(sayso::first_second(&clock()).unwrap() + AHEAD_S.load(Ordering::SeqCst))
}

/// A receiver that answers as it is told to, and well when it was told nothing.
fn receiver(answers: &[Result<(), &str>]) -> (Deliver, Receiver<Delivery>) {
    let answers: VecDeque<Result<(), String>> =
        answers.iter().map(|answer| (*answer).map_err(str::to_owned)).collect();
    let (tell, told) = channel();
    let both = Arc::new(Mutex::new((answers, tell)));
    let deliver = Deliver::by(move |delivery| {
        let mut both = both.lock().unwrap();
        both.1.send(delivery.clone()).unwrap();
        both.0.pop_front().unwrap_or(Ok(()))
    });
    (deliver, told)
}

/// Serves until `work` is done.
fn serving(served: &Served, deliver: Deliver, work: impl FnOnce()) {
    let options = sayso_web::Options {
        deliver: Some(deliver),
        clock: later,
        link_by: sayso::LinkBy::default(),
        address: ([127, 0, 0, 1], 0).into(),
        ..served.options()
    };
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let thread = std::thread::spawn(move || {
        sayso_web::serve(options, |_| {}, async move { drop(stopped.await) }).unwrap();
    });
    work();
    drop(stop);
    thread.join().unwrap();
}

fn next(told: &Receiver<Delivery>) -> (Vec<i64>, Delivery) {
    let delivery = told.recv_timeout(Duration::from_secs(20)).expect("something is told");
    let body: Value = serde_json::from_str(&delivery.body).unwrap();
    let changes = body["changes"].as_array().unwrap();
    (changes.iter().map(|change| change["number"].as_i64().unwrap()).collect(), delivery)
}

fn header<'d>(delivery: &'d Delivery, name: &str) -> &'d str {
    &delivery.headers.iter().find(|(known, _)| *known == name).expect("it has that header").1
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_is_told_until_it_was_taken_and_not_again() {
    let served = Served::story();
    let ledger = served.options().ledger;
    let all = json(&served.app(), "/api/v1/changes?limit=500").await;
    let all: Vec<i64> =
        all["changes"].as_array().unwrap().iter().map(|change| change["number"].as_i64().unwrap()).collect();
    assert!(all.len() > 10 && all.is_sorted());

    let mut webhooks = Webhooks::of(&ledger).unwrap();
    let secret = webhooks.add("desk", "https://desk.example/heard".parse().unwrap(), (0, 0)).unwrap();
    assert!(secret.starts_with("whsec_"));

    // The receiver is away at first: it is left alone, and then told the same once more.
    let (deliver, told) = receiver(&[Err("its receiver answers 503")]);
    serving(&served, deliver, || {
        let (first, delivery) = next(&told);
        assert!(told.recv_timeout(Duration::from_secs(3)).is_err(), "a receiver in trouble is left alone");
        let so_far = heard(&ledger).unwrap()["desk"].clone();
        assert_eq!((so_far.failures, so_far.through), (1, 0));
        assert_eq!(so_far.last_failure.as_deref(), Some("its receiver answers 503"));
        AHEAD_S.fetch_add(11, Ordering::SeqCst);
        let (again, same) = next(&told);
        assert_eq!(first, again);
        assert_eq!(header(&delivery, "webhook-id"), header(&same, "webhook-id"));
        assert_ne!(header(&delivery, "webhook-signature"), header(&same, "webhook-signature"));
        let mut numbers = again;
        while numbers.len() < all.len() {
            numbers.extend(next(&told).0);
        }
        assert_eq!(numbers, all, "each change once, in their order");
        assert!(told.recv_timeout(Duration::from_secs(3)).is_err(), "nothing is told twice");
    });

    // What happens while nobody serves is told by the next server, and nothing else.
    let form = "act=discredit&on=source:Northwire&by=a+tester&because=it+took+all+from+one+man";
    let (status, _) = crate::ledgers::post(&served.app(), "/acts", form.to_owned()).await;
    assert!(status.is_success());
    let (deliver, told) = receiver(&[]);
    serving(&served, deliver, || {
        let (new, delivery) = next(&told);
        assert!(new[0] > *all.last().unwrap(), "{new:?}");
        let body: Value = serde_json::from_str(&delivery.body).unwrap();
        let change = &body["changes"][0];
        assert_eq!(change["because"]["act"]["because"], "it took all from one man", "{change}");
        assert_ne!(change["before"], change["standing"]);
    });
}

#[test]
fn a_webhook_has_a_name_and_an_address_that_can_be_told() {
    let served = Served::story();
    let ledger = served.options().ledger;
    let mut webhooks = Webhooks::of(&ledger).unwrap();
    for address in ["ftp://desk.example/", "file:///etc/passwd", "https://ann:secret@desk.example/"] {
        assert!(webhooks.add("desk", address.parse().unwrap(), (0, 0)).is_err(), "{address}");
    }
    assert!(webhooks.add("", "https://desk.example/".parse().unwrap(), (0, 0)).is_err());
    webhooks.add("desk", "https://desk.example/".parse().unwrap(), (0, 0)).unwrap();
    assert!(webhooks.add("desk", "https://desk.example/".parse().unwrap(), (0, 0)).is_err());
    assert!(Webhooks::of(&ledger).unwrap().all().contains_key("desk"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mut path = ledger.clone().into_os_string();
        path.push(".webhooks.json");
        assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    webhooks.remove("desk").unwrap();
    assert!(webhooks.remove("desk").is_err());
}
