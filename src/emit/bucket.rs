//! A bucket with releases beside each other, as a web server asks for its files.

use super::encoded;
use crate::playbook::outlet::{Layout, Store, Way};

/// Where a web server finds the files of a site that stands in a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// The address of everything that is the site's, with a last `/`: `https://playbook.s3.eu-north-1.amazonaws.com/site/`.
    pub address: String,
    /// The header of `live.json` that names the live release, in small letters.
    pub mark: &'static str,
    /// What stands in the address for something that the settings do not say.
    pub unnamed: Option<&'static str>,
    /// Headers that the storage sends and that are nobody's business.
    pub noise: &'static [&'static str],
}

const AMAZON: [&str; 5] = [
    "x-amz-id-2",
    "x-amz-request-id",
    "x-amz-version-id",
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
];

const GOOGLE: [&str; 4] = ["x-goog-generation", "x-goog-metageneration", "x-goog-hash", "x-guploader-uploadid"];

/// Azure says of a copy what it was copied from.
const MICROSOFT: [&str; 9] = [
    "x-ms-request-id",
    "x-ms-version",
    "x-ms-blob-type",
    "x-ms-lease-status",
    "x-ms-lease-state",
    "x-ms-creation-time",
    "x-ms-server-encrypted",
    "x-ms-copy-source",
    "x-ms-copy-id",
];

impl Bucket {
    /// The bucket of a target that keeps releases in one; none for other targets.
    pub fn of(way: &Way) -> Option<Bucket> {
        let Way::Objects { store, bucket, prefix, endpoint, region, account, layout: Layout::Releases } = way else {
            return None;
        };
        let at = |usual: String| match endpoint {
            Some(endpoint) => format!("{}/{bucket}", endpoint.trim_end_matches('/')),
            None => usual,
        };
        let (address, mark, noise, unnamed): (_, _, &[&str], _) = match store {
            Store::S3 => {
                let region = region.as_deref().unwrap_or("REGION");
                // Amazon's certificate is for names without a dot before its own.
                let usual = match bucket.contains('.') {
                    true => format!("https://s3.{region}.amazonaws.com/{bucket}"),
                    false => format!("https://{bucket}.s3.{region}.amazonaws.com"),
                };
                (at(usual), "x-amz-meta-release", &AMAZON, Some("REGION"))
            }
            Store::Gcs => {
                (at(format!("https://storage.googleapis.com/{bucket}")), "x-goog-meta-release", &GOOGLE, None)
            }
            Store::Azure => {
                let account = account.as_deref().unwrap_or("ACCOUNT");
                let usual = format!("https://{account}.blob.core.windows.net/{bucket}");
                (at(usual), "x-ms-meta-release", &MICROSOFT, Some("ACCOUNT"))
            }
        };
        let unnamed = unnamed.filter(|unnamed| address.contains(unnamed));
        Some(Bucket { address: format!("{address}/{}", encoded(prefix)), mark, unnamed, noise })
    }

    /// Whether it is asked under a name, which somebody has to look up.
    pub fn has_name(&self) -> bool {
        let host = url::Url::parse(&self.address).ok();
        host.is_some_and(|url| matches!(url.host(), Some(url::Host::Domain(_))))
    }

    /// Whether it is asked over TLS.
    pub fn is_closed(&self) -> bool {
        self.address.starts_with("https:")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(
        name: &str,
        store: Store,
        endpoint: Option<&str>,
        region: Option<&str>,
        layout: Layout,
    ) -> Option<Bucket> {
        Bucket::of(&Way::Objects {
            store,
            bucket: name.into(),
            prefix: "a $b/".into(),
            endpoint: endpoint.map(Into::into),
            region: region.map(Into::into),
            account: Some("acme".into()),
            layout,
        })
    }

    fn bucket(store: Store, endpoint: Option<&str>, layout: Layout) -> Option<Bucket> {
        called("trust", store, endpoint, Some("eu-north-1"), layout)
    }

    #[test]
    fn amazon_is_asked_for_names_that_its_certificate_has_and_in_a_region() {
        let of = |name, region| called(name, Store::S3, None, region, Layout::Releases).expect("it has releases");
        assert_eq!(
            of("trust.example.com", Some("eu-north-1")).address,
            "https://s3.eu-north-1.amazonaws.com/trust.example.com/a%20%24b/"
        );
        assert_eq!(of("trust", Some("eu-north-1")).unnamed, None);
        let nowhere = of("trust", None);
        assert!(nowhere.address.contains("trust.s3.REGION.") && nowhere.unnamed == Some("REGION"), "{nowhere:?}");
    }

    #[test]
    fn every_storage_has_its_address() {
        let address = |store, endpoint| bucket(store, endpoint, Layout::Releases).expect("it has releases").address;
        assert_eq!(address(Store::S3, None), "https://trust.s3.eu-north-1.amazonaws.com/a%20%24b/");
        assert_eq!(address(Store::S3, Some("http://127.0.0.1:9000/")), "http://127.0.0.1:9000/trust/a%20%24b/");
        assert_eq!(address(Store::Gcs, None), "https://storage.googleapis.com/trust/a%20%24b/");
        assert_eq!(address(Store::Azure, None), "https://acme.blob.core.windows.net/trust/a%20%24b/");
        assert_eq!(bucket(Store::S3, None, Layout::Addresses), None);
    }

    #[test]
    fn a_number_need_not_be_looked_up() {
        let named = |endpoint| bucket(Store::S3, Some(endpoint), Layout::Releases).expect("it has releases").has_name();
        assert!(named("https://s3.example.com") && !named("http://127.0.0.1:9000") && !named("https://[::1]:9000"));
    }
}
