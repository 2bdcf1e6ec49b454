#pragma once

#include "base/error.h"
#include "base/time.h"
#include "tastytrade/wire/order.h"
#include "venue/exchange.h"

#include <QFile>
#include <QJsonObject>
#include <QLockFile>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vegadesk::venue
{

/// What identifies a simulated account: with the same market and the same tape the exchange comes out the same.
struct TapeHead {
    std::string market;  ///< MarketModel::description(): another market cannot replay the tape
    std::string account; ///< made with the tape, so that clients never take one account's past for another's
    base::Instant start{};
};

/// Everything that was asked of the exchange, in order, in a file of one JSON object a line. The exchange is deterministic,
/// so replaying the tape gives back its orders, fills, positions and cash: a venue that was killed goes on where it
/// was, and an account outlives the program.
///
/// Disk    each line is handed to the system before the order is answered: it survives the process, not a power cut.
/// Errors  Storage when the file cannot be opened or written, or another exchange has it open. A last line without its end is dropped; a tape that cannot
///         be read, or belongs to another market, is put aside as "<file>.old" and a new one begins.
class OrderTape
{
public:
    /// Opens `file`, or makes it with `fresh` as its head.
    static base::Result<OrderTape> open(const std::string& file, const TapeHead& fresh);

    const TapeHead& head() const { return m_head; }
    /// Does everything again. Afterwards the exchange stands at the last line's moment.
    void replay(Exchange& exchange) const;
    /// Where the venue's clock goes on when it is started now: the time that has passed since on the same New York day,
    /// else `suggested`, and never before the last line.
    base::Instant resumeAt(base::Instant wallNow, base::Instant suggested) const;

    base::Result<void> started(base::Instant at, base::Instant wallNow, double speed);
    base::Result<void> placed(base::Instant at, const tastytrade::wire::OrderRequest& request, bool isSessionOffline);
    base::Result<void> cancelled(base::Instant at, const std::string& id);
    /// Without being asked, fills and expiries happen too: an exchange that has lived until `at` never goes on before it.
    base::Result<void> lived(base::Instant at);

private:
    struct Line {
        base::Instant at{};
        std::optional<tastytrade::wire::OrderRequest> request;
        std::string cancelledId;
        bool isSessionOffline = false;
        base::Instant wall{}; ///< of a start
        double speed = 0;     ///< of a start; 0 for other lines
    };
    static std::optional<Line> parse(const QByteArray& text);
    base::Result<void> append(const QJsonObject& line);

    std::unique_ptr<QLockFile> m_lock; ///< two exchanges on one tape would write over each other
    std::unique_ptr<QFile> m_file;
    TapeHead m_head;
    std::vector<Line> m_lines;
};

} // namespace vegadesk::venue
