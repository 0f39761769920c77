//! An outlet to the store that it names. Credentials come from the environment, never from the playbook.

use crate::failure::Failure;
use crate::playbook::Outlet;
use crate::playbook::outlet::{Store, Way};
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, RetryConfig};
use std::sync::Arc;
use std::time::Duration;

/// The store, the prefix in it, and what messages call it.
pub fn store(outlet: &Outlet) -> Result<(Arc<dyn ObjectStore>, String, String), Failure> {
    let Way::Objects { store, bucket, prefix, endpoint, region, account, .. } = &outlet.way else {
        return Err(Failure::Refused(format!("`{}` is no object storage", outlet.name)));
    };
    crate::tls::ready();
    let is_open = endpoint.as_deref().is_some_and(|endpoint| endpoint.starts_with("http://"));
    let client = ClientOptions::new()
        .with_allow_http(is_open)
        .with_connect_timeout(Duration::from_secs(10))
        .with_timeout(Duration::from_secs(180));
    let made: Result<Arc<dyn ObjectStore>, object_store::Error> = match store {
        Store::S3 => {
            let mut builder =
                AmazonS3Builder::from_env().with_client_options(client).with_bucket_name(&**bucket).with_retry(retry());
            if let Some(region) = region {
                builder = builder.with_region(&**region);
            }
            if let Some(endpoint) = endpoint {
                builder = builder.with_endpoint(&**endpoint);
            }
            builder.build().map(|store| Arc::new(store) as Arc<dyn ObjectStore>)
        }
        Store::Gcs => {
            let mut builder = GoogleCloudStorageBuilder::from_env()
                .with_client_options(client)
                .with_bucket_name(&**bucket)
                .with_retry(retry());
            if let Some(endpoint) = endpoint {
                builder = builder.with_base_url(endpoint);
            }
            builder.build().map(|store| Arc::new(store) as Arc<dyn ObjectStore>)
        }
        Store::Azure => {
            let mut builder = MicrosoftAzureBuilder::from_env()
                .with_client_options(client)
                .with_container_name(&**bucket)
                .with_retry(retry());
            if let Some(account) = account {
                builder = builder.with_account(&**account);
            }
            if let Some(endpoint) = endpoint {
                builder = builder.with_endpoint(endpoint.to_string());
            }
            builder.build().map(|store| Arc::new(store) as Arc<dyn ObjectStore>)
        }
    };
    let scheme = match store {
        Store::S3 => "s3",
        Store::Gcs => "gs",
        Store::Azure => "az",
    };
    let shown = format!("{scheme}://{bucket}/{prefix}");
    let store = made.map_err(|error| super::failed::Trouble::new(&shown, "ask", "for anything").over(error))?;
    Ok((store, prefix.to_string(), shown))
}

/// A request is sent again after 0.2 s, 0.4 s and so on, for half a minute.
fn retry() -> RetryConfig {
    RetryConfig {
        backoff: BackoffConfig {
            init_backoff: Duration::from_millis(200),
            max_backoff: Duration::from_secs(5),
            base: 2.0,
        },
        max_retries: 6,
        retry_timeout: Duration::from_secs(30),
    }
}
