#pragma once

#include "base/error.h"
#include "base/time.h"
#include "tastytrade/wire/complex_order.h"
#include "tastytrade/wire/order.h"
#include "venue/exchange.h"
#include "venue/exchange_snapshot.h"

#include <QFile>
#include <QJsonObject>
#include <QLockFile>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::venue
{

/// What identifies a simulated account: with the same market and the same tape the exchange comes out the same.
struct TapeHead {
    std::string market;  ///< MarketModel::description(): another market cannot replay the tape
    std::string account; ///< made with the tape, so that clients never take one account's past for another's
    base::Instant start{};
};

/// An account that could not be gone on with. Nothing of it is lost: its tape lies beside the new one.
struct PutAside {
    enum class Reason : std::uint8_t { AnotherVersion, AnotherMarket, Damaged };
    std::string file; ///< where it is now
    Reason reason = Reason::Damaged;
};
/// "version", "market", "damage": as the venue's first line says it.
std::string_view toText(PutAside::Reason reason);

/// Everything that was asked of the exchange, in order, in a file of one JSON object a line. The exchange is deterministic,
/// so replaying the tape gives back its orders, fills, positions and cash: a venue that was killed goes on where it
/// was, and an account outlives the program. So that a start does not take longer with every order there ever was, the
/// exchange's state is written beside the tape now and then, as "<file>.snapshot", and replayed is only what came after.
///
/// Disk    each line is handed to the system before the order is answered: it survives the process, not a power cut.
/// Errors  Storage when the file cannot be opened or written, or another exchange has it open. A last line without its end is
///         dropped; a tape that cannot be read, or belongs to another version or market, is put aside as "<file>.old"
///         ("<file>.old-2" and so on: one that was put aside before stays) and a new one begins, see putAside(). A snapshot
///         that is cut off, or of another tape, is not used: all is replayed.
class OrderTape
{
public:
    /// Opens `file`, or makes it with `fresh` as its head.
    static base::Result<OrderTape> open(const std::string& file, const TapeHead& fresh);

    const TapeHead& head() const { return m_head; }
    /// The tape that lay here until open(), when it could not be continued.
    const std::optional<PutAside>& putAside() const { return m_putAside; }
    /// What exchange to begin with: replay() does the rest. None: a new one that stands at the head's start.
    const ExchangeState* beginning() const { return m_snapshot ? &m_snapshot->state : nullptr; }
    /// Does everything again that came after the beginning. Afterwards the exchange stands at the last line's moment.
    void replay(Exchange& exchange) const;
    /// Lines that replay() does again.
    std::size_t replayedLines() const { return m_lines.size(); }
    /// Where the venue's clock goes on when it is started now: the time that has passed since on the same New York day,
    /// else `suggested`, and never before the last line.
    base::Instant resumeAt(base::Instant wallNow, base::Instant suggested) const;

    base::Result<void> started(base::Instant at, base::Instant wallNow, double speed);
    base::Result<void> placed(base::Instant at, const tastytrade::wire::OrderRequest& request, bool isSessionOffline);
    base::Result<void> placed(base::Instant at, const tastytrade::wire::ComplexOrderRequest& request,
                              bool isSessionOffline);
    base::Result<void> replaced(base::Instant at, const std::string& id, const tastytrade::wire::OrderRequest& request,
                                bool isSessionOffline);
    base::Result<void> cancelled(base::Instant at, const std::string& id);
    base::Result<void> complexCancelled(base::Instant at, const std::string& id);
    base::Result<void> accountReset(base::Instant at);
    /// Without being asked, fills and expiries happen too: an exchange that has lived until `at` never goes on before it.
    base::Result<void> lived(base::Instant at);
    /// Writes down what `exchange` is now, after all that the tape says: the next start goes on from here. In one piece or
    /// not at all.
    base::Result<void> saveSnapshot(const Exchange& exchange);

private:
    struct Line {
        base::Instant at{};
        std::optional<tastytrade::wire::OrderRequest> request;
        std::optional<tastytrade::wire::ComplexOrderRequest> complexRequest;
        std::string replacedId; ///< by `request`
        std::string cancelledId, cancelledComplexId;
        bool isSessionOffline = false, isReset = false;
        std::optional<TapeStart> start;
    };
    static std::optional<Line> parse(const QByteArray& text);
    static void repeat(const Line& line, Exchange& exchange);
    bool readLines();
    void readSnapshot();
    std::optional<PutAside::Reason> readAll(const TapeHead& fresh);
    bool setAside(PutAside::Reason reason);
    base::Result<void> asked(base::Instant at, QJsonObject line, bool isSessionOffline);
    base::Result<void> append(const QJsonObject& line);

    std::unique_ptr<QLockFile> m_lock; ///< two exchanges on one tape would write over each other
    std::unique_ptr<QFile> m_file;
    TapeHead m_head;
    std::optional<PutAside> m_putAside;
    std::optional<ExchangeSnapshot> m_snapshot;
    std::vector<Line> m_lines; ///< after the snapshot
    std::optional<TapeStart> m_lastStart;
    base::Instant m_last{}; ///< the clock never goes on before it
    QByteArray m_lastLine;  ///< the head, where there is none
};

} // namespace vegadesk::venue
