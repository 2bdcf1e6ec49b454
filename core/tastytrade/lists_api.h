#pragma once

#include "tastytrade/rest_calls.h"
#include "tastytrade/wire/lists.h"

namespace vegadesk::tastytrade
{

/// Search, watchlists and alerts. Lists leave out what cannot be read, and put it in quarantine. What is written here is no order;
/// it is sent again only where that cannot make a second one of it.
class ListsApi : private RestCalls
{
public:
    using RestCalls::Done;

    ListsApi(RequestQueue& queue, Quarantine& quarantine, const QUrl& rest) : RestCalls(queue, quarantine, rest) {}

    void search(const std::string& text, Done<std::vector<wire::FoundSymbol>> done);

    void watchlists(Done<std::vector<wire::Watchlist>> done);
    void watchlist(const std::string& name, Done<wire::Watchlist> done);
    /// Refused where one of the name is there.
    void addWatchlist(const wire::Watchlist& watchlist, Done<wire::Watchlist> done);
    /// Takes the place of the one that is called `name`; its own name may be another.
    void changeWatchlist(const std::string& name, const wire::Watchlist& watchlist, Done<wire::Watchlist> done);
    /// The answer is what was there. NotFound also where it was deleted and the first answer was lost.
    void deleteWatchlist(const std::string& name, Done<wire::Watchlist> done);
    void publicWatchlists(bool countsOnly, Done<std::vector<wire::Watchlist>> done);
    void publicWatchlist(const std::string& name, Done<wire::Watchlist> done);
    void pairsWatchlists(Done<std::vector<wire::PairsWatchlist>> done);
    void pairsWatchlist(const std::string& name, Done<wire::PairsWatchlist> done);

    void quoteAlerts(Done<std::vector<wire::QuoteAlert>> done);
    /// Sent at most once. Network, Timeout: it may be there.
    void addQuoteAlert(const wire::QuoteAlert& alert, Done<wire::QuoteAlert> done);
    void deleteQuoteAlert(const std::string& id, Done<bool> done);

private:
    void write(RequestQueue::Kind kind, HttpRequest::Verb verb, const std::string& path, const QJsonObject& body,
               Handler handler);
};

} // namespace vegadesk::tastytrade
