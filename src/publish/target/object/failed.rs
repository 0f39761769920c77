//! An answer of object storage to what a person can do about it.

use crate::failure::Failure;
use object_store::Error;

/// What was about to be done, for the case that it fails.
pub struct Trouble {
    shown: String,
    verb: &'static str,
    what: String,
}

impl Trouble {
    /// `could not VERB WHAT at SHOWN`.
    pub fn new(shown: &str, verb: &'static str, what: &str) -> Trouble {
        Trouble { shown: shown.into(), verb, what: what.into() }
    }

    /// Says why, and what to do.
    pub fn over(&self, error: Error) -> Failure {
        let Trouble { shown, verb, what } = self;
        let words = all_words(&error);
        Failure::Refused(match reason(&error, &words) {
            Some(advice) => format!("could not {verb} {what} at {shown}: {advice}"),
            None => format!("could not {verb} {what} at {shown}: {}", shortened(&words)),
        })
    }
}

/// Whether what is missing is the bucket, not the object.
pub fn is_no_bucket(words: &str) -> bool {
    ["NoSuchBucket", "ContainerNotFound", "bucket does not exist", "container does not exist"]
        .iter()
        .any(|said| words.contains(said))
}

fn reason(error: &Error, words: &str) -> Option<&'static str> {
    let says = |any: &[&str]| any.iter().any(|one| words.contains(one));
    // The clock before the credentials: whose clock is wrong, has his refused as well.
    Some(if says(&["RequestTimeTooSkewed", "RequestExpired", "time difference"]) {
        "the clock of this machine is wrong, so that what it signs is not believed; set it"
    } else if is_no_bucket(words) {
        "there is no such bucket; make it, or correct `bucket`, `region` or `endpoint` in trustbook.toml"
    } else if says(&["PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraint"]) {
        "the bucket stands in another region; correct `region` in trustbook.toml"
    } else if says(&[
        "169.254.169.254",
        "metadata.google",
        "instance credentials",
        "Missing",
        "metadata endpoint",
        "latest/api/token",
    ]) {
        "there are no credentials; for S3 set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, for Google \
         GOOGLE_APPLICATION_CREDENTIALS, for Azure AZURE_STORAGE_ACCOUNT_KEY or AZURE_CLIENT_ID and its like"
    } else if matches!(error, Error::Unauthenticated { .. })
        || says(&[
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "InvalidToken",
            "AuthenticationFailed",
            "invalid_grant",
        ])
    {
        "the credentials are refused; are they those of this account, and not expired?"
    } else if matches!(error, Error::PermissionDenied { .. })
        || says(&["AccessDenied", "AuthorizationPermissionMismatch"])
    {
        "the credentials do not allow it; they need to read, write, delete and list there"
    } else if says(&["error sending request", "dns error", "onnection refused", "timed out", "error trying to connect"])
    {
        "nobody answers there; is the network up, and `endpoint` right?"
    } else {
        return None;
    })
}

/// The words of an error and of all errors within it.
fn all_words(error: &Error) -> String {
    let mut words = error.to_string();
    let mut inner = std::error::Error::source(error);
    while let Some(error) = inner {
        let more = error.to_string();
        if !words.contains(&more) {
            words.push_str(": ");
            words.push_str(&more);
        }
        inner = error.source();
    }
    words
}

/// A server may answer with a whole page.
fn shortened(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    // `Generic S3 error:` says nothing to anybody.
    let words = words.strip_prefix("Generic ").and_then(|rest| Some(rest.split_once(" error: ")?.1)).unwrap_or(&words);
    match words.char_indices().nth(400) {
        Some((end, _)) => format!("{} …", &words[..end]),
        None => words.to_string(),
    }
}
