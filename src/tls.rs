//! The cryptography under every `https` address that we ask.
//!
//! It is *ring*, which builds with a C compiler alone. Which certificates are trusted is the system's to say, so that those of a
//! company's own are.

/// Sees to it that there is one before the first address is asked; saying so again changes nothing.
pub fn ready() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}
