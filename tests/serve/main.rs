//! The preview as a browser and as an enemy see it: a running `trustbook serve`, and sockets. One binary, since linking is what
//! takes time.

mod answers;
mod browser;
mod clients;
mod preview;
mod saves;
mod soak;
mod strangers;
