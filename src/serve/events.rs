//! Changes to a stream of server-sent events.

use super::Change;
use http_body_util::channel::{Channel, Sender};
use hyper::body::Bytes;
use std::time::Duration;
use tokio::sync::watch;

/// A stream that says nothing for longer is thought dead by some of those between.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// Who takes nothing for so long is gone.
const DEAD: Duration = Duration::from_secs(20);

/// A stream that tells what has changed, from now on; its first event tells how things stand.
pub fn events(told: watch::Receiver<Change>) -> Channel<Bytes> {
    let (sender, body) = Channel::new(2);
    tokio::spawn(tell(told, sender));
    body
}

async fn tell(mut told: watch::Receiver<Change>, mut sender: Sender<Bytes>) {
    let mut event = format!("retry: 1000\n{}", written(*told.borrow_and_update()));
    loop {
        match tokio::time::timeout(DEAD, sender.send_data(Bytes::from(event))).await {
            Ok(Ok(())) => {}
            _ => return,
        }
        event = match tokio::time::timeout(SIGN_OF_LIFE, told.changed()).await {
            Ok(Ok(())) => written(*told.borrow_and_update()),
            // The server ends.
            Ok(Err(_)) => return,
            Err(_) => ":\n\n".to_string(),
        };
    }
}

/// Numbers are written as words: a browser would round them.
fn written(change: Change) -> String {
    let Change { number, styles, files, polling: _ } = change;
    format!(
        "event: change\ndata: {{\"number\":\"{number}\",\"styles\":\"{styles:x}\",\"files\":\"{files:x}\",\"run\":\"{}\"}}\n\n",
        std::process::id()
    )
}
