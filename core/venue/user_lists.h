#pragma once

#include "base/error.h"
#include "tastytrade/wire/lists.h"

#include <QString>

#include <string_view>
#include <vector>

namespace vegadesk::venue
{

/// What the customer keeps at the venue besides an account: watchlists and alerts. They outlive the process, and the account too.
///
/// Disk    with a file, the whole of it is written anew with each change, in one piece or not at all; it takes effect when it is
///         written.
/// Errors  Storage where the file cannot be written: nothing has changed then. A file that cannot be read is put aside as
///         "<file>.old" and none of it is used.
class UserLists
{
public:
    static constexpr std::size_t most = 500; ///< of each kind; clients that write in a loop must not fill the disk

    /// Without a file, nothing outlives the process.
    UserLists() = default;
    static UserLists open(const QString& file);

    const std::vector<tastytrade::wire::Watchlist>& watchlists() const { return m_watchlists; }
    const tastytrade::wire::Watchlist* watchlist(std::string_view name) const; ///< null when there is none
    /// Errors: BadInput for a name that is there or empty; Refused when there are too many.
    base::Result<tastytrade::wire::Watchlist> add(tastytrade::wire::Watchlist watchlist);
    /// Errors: NotFound; BadInput for a new name that another one has.
    base::Result<tastytrade::wire::Watchlist> change(std::string_view name, tastytrade::wire::Watchlist watchlist);
    base::Result<tastytrade::wire::Watchlist> remove(std::string_view name);

    const std::vector<tastytrade::wire::QuoteAlert>& alerts() const { return m_alerts; }
    /// With an id of ours. Errors: Refused when there are too many.
    base::Result<tastytrade::wire::QuoteAlert> add(tastytrade::wire::QuoteAlert alert);
    base::Result<void> removeAlert(std::string_view id);

private:
    base::Result<void> save(const std::vector<tastytrade::wire::Watchlist>& watchlists,
                            const std::vector<tastytrade::wire::QuoteAlert>& alerts, std::int64_t nextId);

    QString m_file;
    std::vector<tastytrade::wire::Watchlist> m_watchlists; ///< by order index, then name
    std::vector<tastytrade::wire::QuoteAlert> m_alerts;    ///< oldest first
    std::int64_t m_nextId = 1;
};

} // namespace vegadesk::venue
