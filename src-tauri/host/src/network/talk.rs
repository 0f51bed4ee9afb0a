//! One line: what the engine says goes out, what comes goes to the engine, until one of them has enough.
//!
//! ```text
//! frame: length, 4 bytes, the highest first │ a message
//! ```

use std::cell::Cell;
use std::time::Duration;

use iroh::endpoint::{RecvStream, SendStream};
use maillon_engine::lines::{Answer, Event, LineId, Over};
use tokio::sync::{Notify, mpsc};

use crate::EngineThread;

/// So many bytes are read at once: a length that lies reserves no more.
const PIECE: usize = 64 << 10;
/// Small messages are given to the engine together, up to so many bytes: each time, it waits for the disk.
const TOGETHER: usize = 1 << 20;
/// So many messages wait for the engine; the other is slowed down beyond.
const WAITING: usize = 64;
/// Whoever does not say within this time that it has all of the end is believed gone.
const LAST_WORD: Duration = Duration::from_secs(5);

/// How a line ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The engine said so.
    Over(Over),
    /// It was cut.
    Cut,
}

/// Carries a line that the engine was told of, and answered. The first message that comes is so long at most, and the others
/// so long: a stranger fills no memory.
pub(super) async fn carry(
    engine: &EngineThread,
    line: LineId,
    first: Answer,
    wake: &Notify,
    longest: [usize; 2],
    (mut send, recv): (SendStream, RecvStream),
) -> End {
    let (said, mut messages) = mpsc::channel(WAITING);
    let ended: Cell<Option<End>> = Cell::new(first.over.map(End::Over));
    if first.more {
        wake.notify_one();
    }
    let hears = async {
        while let Some(message) = messages.recv().await {
            let mut together: Vec<Vec<u8>> = vec![message];
            let mut bytes = together[0].len();
            while bytes < TOGETHER
                && let Ok(message) = messages.try_recv()
            {
                bytes += message.len();
                together.push(message);
            }
            let answer = engine.line(Event::Came(line, together)).await;
            if let Some(over) = answer.over {
                ended.set(Some(End::Over(over)));
                break;
            }
            if answer.more {
                wake.notify_one();
            }
        }
        if ended.get().is_none() {
            ended.set(Some(End::Cut));
        }
        wake.notify_one();
    };
    let says = async {
        loop {
            if matches!(ended.get(), Some(End::Cut | End::Over(Over::Refused))) {
                return;
            }
            // What is still to be said is said even after the engine has heard enough.
            wake.notified().await;
            loop {
                let answer = engine.line(Event::Next(line)).await;
                for message in &answer.say {
                    if write(&mut send, message).await.is_err() {
                        ended.set(Some(End::Cut));
                        return;
                    }
                }
                if let Some(over) = answer.over {
                    ended.set(Some(End::Over(over)));
                    return;
                }
                if !answer.more {
                    break;
                }
            }
            if ended.get().is_some() {
                return;
            }
        }
    };
    // Once nothing is to be said any more, nothing more is to be heard either; and once the other has ended, what it said
    // before still goes to the engine, which may have a last word.
    {
        tokio::pin!(says);
        tokio::select! {
            () = &mut says => {}
            _ = async { tokio::join!(read_all(recv, longest, said), hears) } => says.await,
        }
    }
    let end = ended.get().unwrap_or(End::Cut);
    if end == End::Over(Over::Well) && send.finish().is_ok() {
        let _ = tokio::time::timeout(LAST_WORD, send.stopped()).await;
    }
    end
}

async fn write(send: &mut SendStream, message: &[u8]) -> Result<(), ()> {
    let length = u32::try_from(message.len()).map_err(|_| ())?;
    send.write_all(&length.to_be_bytes()).await.map_err(|_| ())?;
    send.write_all(message).await.map_err(|_| ())
}

async fn read_all(mut recv: RecvStream, [first, others]: [usize; 2], said: mpsc::Sender<Vec<u8>>) {
    let mut longest = first;
    while let Some(message) = read(&mut recv, longest).await {
        if said.send(message).await.is_err() {
            return;
        }
        longest = others;
    }
}

async fn read(recv: &mut RecvStream, longest: usize) -> Option<Vec<u8>> {
    let mut length = [0; 4];
    recv.read_exact(&mut length).await.ok()?;
    let length = u32::from_be_bytes(length) as usize;
    if length > longest {
        return None;
    }
    let mut message = Vec::new();
    while message.len() < length {
        let start = message.len();
        message.resize(length.min(start + PIECE), 0);
        recv.read_exact(&mut message[start..]).await.ok()?;
    }
    Some(message)
}
