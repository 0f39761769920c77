//! A connection's bytes to the same bytes, but that a `#` in a request's target is made one that no request may have: the
//! parser behind would cut it off with all after it, and we want to refuse it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream whose request lines are looked at as they pass.
pub struct Lines<S> {
    inner: S,
    /// In the first line of a request; else among its heads.
    first: bool,
    /// How many bytes of the line there have been, without CR.
    length: usize,
}

impl<S> Lines<S> {
    /// At the beginning of a connection.
    pub fn new(inner: S) -> Lines<S> {
        Lines { inner, first: true, length: 0 }
    }

    /// What follows an empty line is taken for another request. After a body it may be none, which harms nobody: then the
    /// connection ends a request earlier.
    fn pass(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            match *byte {
                b'\n' => {
                    self.first = self.length == 0;
                    self.length = 0;
                }
                b'\r' => {}
                b'#' if self.first => {
                    *byte = 0x7F;
                    self.length += 1;
                }
                _ => self.length += 1,
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Lines<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(context, buffer);
        if let Poll::Ready(Ok(())) = read {
            self.pass(&mut buffer.filled_mut()[before..]);
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Lines<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_targets_are_changed() {
        let mut lines = Lines::new(());
        let mut bytes = b"GET /a#b HTTP/1.1\r\nHost: x#y\r\n\r\nGET /#c HTTP/1.1\r\n".to_vec();
        for piece in bytes.chunks_mut(3) {
            lines.pass(piece);
        }
        assert_eq!(bytes, b"GET /a\x7Fb HTTP/1.1\r\nHost: x#y\r\n\r\nGET /\x7Fc HTTP/1.1\r\n");
    }
}
