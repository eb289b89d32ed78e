//! Strangers: their connections, and their requests.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::sleep;
use tokio_tungstenite::accept_hdr_async_with_config;
use tokio_tungstenite::tungstenite::handshake::server::{
    Callback, ErrorResponse, Request, Response,
};
use tokio_tungstenite::tungstenite::http::{HeaderValue, StatusCode, header};

use super::SUBPROTOCOL;
use super::carrier::{self, ByteStream, SocketInlet, SocketOutlet, ended};
use crate::error::ChannelError;
use crate::noise::gate::Gate;

/// How long to wait when the system gives no connection: it has run out of files.
const PAUSE: Duration = Duration::from_millis(100);

pub(super) fn bind(listen: SocketAddr) -> io::Result<(tokio::net::TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(listen)?;
    listener.set_nonblocking(true)?;
    let bound = listener.local_addr()?;
    Ok((tokio::net::TcpListener::from_std(listener)?, bound))
}

/// Accepts connections until the netlayer goes down.
pub(super) async fn run(
    listener: tokio::net::TcpListener,
    path: Arc<str>,
    gate: Arc<Gate<IpAddr>>,
) {
    let down = gate.went_down();
    let accept = async {
        loop {
            match listener.accept().await {
                Ok((stream, from)) => handle_stranger(stream, from, &path, &gate),
                Err(error) => {
                    tracing::warn!(%error, "a WebSocket connection was lost");
                    sleep(PAUSE).await;
                }
            }
        }
    };
    tokio::select! {
        () = accept => {}
        () = down => {}
    }
}

fn handle_stranger(stream: TcpStream, from: SocketAddr, path: &Arc<str>, gate: &Arc<Gate<IpAddr>>) {
    let from = SocketAddr::new(from.ip().to_canonical(), from.port());
    let Some(ticket) = gate.admission.admit(from.ip()) else {
        return tracing::debug!(%from, "a connection was refused: too many");
    };
    let (path, gate) = (Arc::clone(path), Arc::clone(gate));
    tokio::spawn(async move {
        let silence = gate.limits.silence;
        gate.serve(upgrade(stream, path, silence), ticket, from.to_string()).await;
    });
}

/// Answers one request. What it may have is bounded: 64 KiB, 124 headers, and by `Gate::serve` the
/// time.
async fn upgrade(
    stream: TcpStream,
    path: Arc<str>,
    silence: Duration,
) -> Result<(SocketOutlet, SocketInlet), ChannelError> {
    // Frames are gathered before they are written; more delay helps nobody.
    let _ = stream.set_nodelay(true);
    let stream: Box<dyn ByteStream> = Box::new(stream);
    let upgraded = accept_hdr_async_with_config(stream, Door(path), Some(carrier::config())).await;
    let socket = upgraded.map_err(|error| ended(&error))?;
    Ok(carrier::split(socket, silence))
}

/// Looks at the path and the subprotocol.
struct Door(Arc<str>);

impl Callback for Door {
    fn on_request(
        self,
        request: &Request,
        mut response: Response,
    ) -> Result<Response, ErrorResponse> {
        if request.uri().path() != &*self.0 {
            return Err(refuse(StatusCode::NOT_FOUND));
        }
        let offered = request.headers().get_all(header::SEC_WEBSOCKET_PROTOCOL);
        let mut offered = offered.iter().filter_map(|value| value.to_str().ok());
        if !offered.any(|value| value.split(',').any(|name| name.trim() == SUBPROTOCOL)) {
            return Err(refuse(StatusCode::BAD_REQUEST));
        }
        let name = HeaderValue::from_static(SUBPROTOCOL);
        response.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, name);
        Ok(response)
    }
}

fn refuse(status: StatusCode) -> ErrorResponse {
    let mut answer = ErrorResponse::new(None);
    *answer.status_mut() = status;
    answer
}
