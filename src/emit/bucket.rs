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
    /// Headers that the storage sends and that are nobody's business.
    pub noise: &'static [&'static str],
}

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
        let (address, mark, noise): (_, _, &[&str]) = match store {
            Store::S3 => {
                let host = region.as_ref().map_or_else(|| "s3".to_string(), |region| format!("s3.{region}"));
                let noise = &["x-amz-id-2", "x-amz-request-id", "x-amz-version-id", "x-amz-server-side-encryption"];
                (at(format!("https://{bucket}.{host}.amazonaws.com")), "x-amz-meta-release", noise)
            }
            Store::Gcs => {
                let noise = &["x-goog-generation", "x-goog-metageneration", "x-goog-hash", "x-guploader-uploadid"];
                (at(format!("https://storage.googleapis.com/{bucket}")), "x-goog-meta-release", noise)
            }
            Store::Azure => {
                let account = account.as_deref().unwrap_or("ACCOUNT");
                let noise = &["x-ms-request-id", "x-ms-version", "x-ms-blob-type", "x-ms-lease-status"];
                (at(format!("https://{account}.blob.core.windows.net/{bucket}")), "x-ms-meta-release", noise)
            }
        };
        Some(Bucket { address: format!("{address}/{}", encoded(prefix)), mark, noise })
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

    fn bucket(store: Store, endpoint: Option<&str>, layout: Layout) -> Option<Bucket> {
        Bucket::of(&Way::Objects {
            store,
            bucket: "trust".into(),
            prefix: "a $b/".into(),
            endpoint: endpoint.map(Into::into),
            region: Some("eu-north-1".into()),
            account: Some("acme".into()),
            layout,
        })
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
