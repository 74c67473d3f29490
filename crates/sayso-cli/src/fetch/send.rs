//! Sending what webhooks are told: to public receivers, without being led on to others.

use super::{Agents, Permissions, in_words, may_be_asked};
use sayso_web::{Deliver, Delivery};
use std::time::Duration;

/// From the first packet to the receiver's answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Sends deliveries, each once.
pub(crate) fn deliverer(permissions: Permissions) -> Deliver {
    let agent = Agents { within: ANSWER_WITHIN, accept: "*/*" }.agent(permissions);
    Deliver::by(move |delivery: &Delivery| {
        may_be_asked(&delivery.address)?;
        let mut request = agent.post(delivery.address.as_str());
        for (name, value) in &delivery.headers {
            request = request.header(*name, value);
        }
        // What it answers is not read, but for whether it took it: a receiver that moved must be told to us.
        let answer = request.send(&delivery.body).map_err(|error| match error {
            ureq::Error::Timeout(_) => {
                format!("its receiver takes longer than {} s to answer", ANSWER_WITHIN.as_secs())
            }
            error => in_words(error).to_string(),
        })?;
        let status = answer.status();
        if status.is_success() { Ok(()) } else { Err(format!("its receiver answers {status}")) }
    })
}
