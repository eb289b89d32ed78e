//! The UDP socket and the settings of QUIC.

use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;

use quinn::crypto::HmacKey;
use quinn::{EndpointConfig, IdleTimeout, Runtime as _, TransportConfig, VarInt};
use sha2::{Digest, Sha256};

use super::socket::Socket;
use super::{BindError, QuicConfig, tls};
use crate::hosts::HostKey;
use crate::limits::{
    CONNECTION_WINDOW_BYTES, Limits, SOCKET_BUFFER_BYTES, STREAM_WINDOW_BYTES,
    UNPROVEN_WINDOW_BYTES,
};

/// One endpoint that both listens and dials, and its socket.
pub(crate) fn bind(
    config: &QuicConfig,
    key: &HostKey,
) -> Result<(quinn::Endpoint, Arc<Socket>), BindError> {
    let transport = Arc::new(transport(&config.limits)?);
    let mut server = quinn::ServerConfig::with_crypto(Arc::new(tls::server(key)?));
    server.transport_config(Arc::clone(&transport));
    // Connections that wait for us to look at them, and what they may send until then.
    server.max_incoming(config.limits.handshakes_max.saturating_mul(2));
    server.incoming_buffer_size(64 * 1024);
    server.incoming_buffer_size_total(4 * 1024 * 1024);
    let mut client = quinn::ClientConfig::new(Arc::new(tls::client(key)?));
    client.transport_config(transport);

    let address = config.listen;
    let failed = |error| BindError::Socket { address, error };
    let socket = UdpSocket::bind(address).map_err(failed)?;
    enlarge_buffers(&socket);
    let runtime = Arc::new(quinn::TokioRuntime);
    let socket = runtime.wrap_udp_socket(socket).and_then(Socket::new).map_err(failed)?;
    let abstracted = Arc::clone(&socket) as Arc<dyn quinn::AsyncUdpSocket>;
    let mut endpoint = quinn::Endpoint::new_with_abstract_socket(
        endpoint_config(key),
        Some(server),
        abstracted,
        runtime,
    )
    .map_err(failed)?;
    endpoint.set_default_client_config(client);
    Ok((endpoint, socket))
}

/// Keys that stay the same over restarts. So a host that was killed and started again tells its
/// peers, with stateless resets (RFC 9000, section 10.3), that their old connections are gone.
fn endpoint_config(key: &HostKey) -> EndpointConfig {
    let mut config = EndpointConfig::new(Arc::new(ResetKey(key.derive("stateless reset"))));
    let [a, b, c, d, e, f, g, h, ..] = key.derive("connection ids");
    let ids = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
    config.cid_generator(move || Box::new(quinn_proto::HashedConnectionIdGenerator::from_key(ids)));
    config
}

fn transport(limits: &Limits) -> Result<TransportConfig, BindError> {
    let mut transport = TransportConfig::default();
    let silence = IdleTimeout::try_from(limits.silence).map_err(|_| BindError::Silence)?;
    transport
        .max_concurrent_bidi_streams(VarInt::from_u32(limits.prefaces_per_connection_max))
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .datagram_receive_buffer_size(None)
        .max_idle_timeout(Some(silence))
        .keep_alive_interval(Some(limits.keep_alive))
        .stream_receive_window(VarInt::from_u32(STREAM_WINDOW_BYTES))
        .receive_window(VarInt::from_u32(UNPROVEN_WINDOW_BYTES))
        .send_window(CONNECTION_WINDOW_BYTES.into());
    Ok(transport)
}

/// Asks for large buffers. The system grants what its settings allow, which is never a reason not
/// to start.
fn enlarge_buffers(socket: &UdpSocket) {
    use rustix::net::sockopt;
    let receive = sockopt::set_socket_recv_buffer_size(socket, SOCKET_BUFFER_BYTES);
    let send = sockopt::set_socket_send_buffer_size(socket, SOCKET_BUFFER_BYTES);
    if let Err(error) = receive.and(send) {
        tracing::debug!(%error, "the socket keeps its default buffers");
    }
}

/// The address in the form that the pool compares: IPv4 also on a socket for both.
pub(crate) fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

/// HMAC-SHA-256 (RFC 2104) for stateless resets.
struct ResetKey([u8; 32]);

impl ResetKey {
    fn tag(&self, data: &[u8]) -> [u8; 32] {
        let pad = |byte: u8| {
            let mut block = [byte; 64];
            for (slot, key) in block.iter_mut().zip(self.0) {
                *slot ^= key;
            }
            block
        };
        let inner = Sha256::new().chain_update(pad(0x36)).chain_update(data).finalize();
        Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
    }
}

impl HmacKey for ResetKey {
    fn sign(&self, data: &[u8], signature_out: &mut [u8]) {
        for (slot, byte) in signature_out.iter_mut().zip(self.tag(data)) {
            *slot = byte;
        }
    }

    fn signature_len(&self) -> usize {
        32
    }

    fn verify(&self, data: &[u8], signature: &[u8]) -> Result<(), quinn::crypto::CryptoError> {
        let tag = self.tag(data);
        let differ = tag.iter().zip(signature).fold(0, |acc, (a, b)| acc | (a ^ b));
        match (signature.len(), differ) {
            (32, 0) => Ok(()),
            _ => Err(quinn::crypto::CryptoError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_is_hmac_sha_256() {
        // RFC 4231, test case 1, whose key of 20 bytes is padded with zeros as HMAC does.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        let expected = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
        let tag = ResetKey(key).tag(b"Hi There");
        let hex: String = tag.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, expected);
    }

    #[test]
    fn a_tag_verifies_and_a_changed_one_does_not() {
        let key = ResetKey([5; 32]);
        let mut tag = [0; 32];
        key.sign(b"data", &mut tag);
        key.verify(b"data", &tag).unwrap();
        tag[31] ^= 1;
        assert!(key.verify(b"data", &tag).is_err());
        assert!(key.verify(b"data", &[]).is_err());
    }
}
