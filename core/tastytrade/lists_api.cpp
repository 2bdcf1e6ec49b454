#include "tastytrade/lists_api.h"

namespace vegadesk::tastytrade
{

namespace
{

constexpr const char* watchlistWhat = "watchlist";
const std::string watchlistsPath = "/watchlists";
const std::string publicPath = "/public-watchlists";

/// The answer to a DELETE comes without the envelope of all others.
base::Result<wire::Watchlist> parseDeleted(const QJsonObject& body)
{
    const auto data = wire::dataOf(body, watchlistWhat);
    return wire::parseWatchlist(data ? *data : body);
}

} // namespace

void ListsApi::write(RequestQueue::Kind kind, HttpRequest::Verb verb, const std::string& path, const QJsonObject& body,
                     Handler handler)
{
    HttpRequest request = makeRequest(verb, path);
    if (verb != HttpRequest::Verb::Delete)
        request.body = wire::toBytes(body);
    m_queue.submit(kind, std::move(request), std::move(handler));
}

void ListsApi::search(const std::string& text, Done<std::vector<wire::FoundSymbol>> done)
{
    items<wire::FoundSymbol>("/symbols/search/" + encoded(text), std::move(done));
}

void ListsApi::watchlists(Done<std::vector<wire::Watchlist>> done)
{
    items<wire::Watchlist>(watchlistsPath, watchlistWhat, wire::parseWatchlist, std::move(done));
}

void ListsApi::watchlist(const std::string& name, Done<wire::Watchlist> done)
{
    object<wire::Watchlist>(watchlistsPath + "/" + encoded(name), watchlistWhat, wire::parseWatchlist, std::move(done));
}

void ListsApi::addWatchlist(const wire::Watchlist& watchlist, Done<wire::Watchlist> done)
{
    write(RequestQueue::Kind::Write, HttpRequest::Verb::Post, watchlistsPath, wire::toJson(watchlist),
          reading<wire::Watchlist>(watchlistWhat, dataParser<wire::Watchlist>(watchlistWhat, wire::parseWatchlist),
                                   std::move(done)));
}

void ListsApi::changeWatchlist(const std::string& name, const wire::Watchlist& watchlist, Done<wire::Watchlist> done)
{
    write(RequestQueue::Kind::Read, HttpRequest::Verb::Put, watchlistsPath + "/" + encoded(name),
          wire::toJson(watchlist),
          reading<wire::Watchlist>(watchlistWhat, dataParser<wire::Watchlist>(watchlistWhat, wire::parseWatchlist),
                                   std::move(done)));
}

void ListsApi::deleteWatchlist(const std::string& name, Done<wire::Watchlist> done)
{
    write(RequestQueue::Kind::Read, HttpRequest::Verb::Delete, watchlistsPath + "/" + encoded(name), {},
          reading<wire::Watchlist>(watchlistWhat, parseDeleted, std::move(done)));
}

void ListsApi::publicWatchlists(bool countsOnly, Done<std::vector<wire::Watchlist>> done)
{
    items<wire::Watchlist>(publicPath + QueryText().addIf("counts-only", countsOnly).text(), watchlistWhat,
                           wire::parseWatchlist, std::move(done));
}

void ListsApi::publicWatchlist(const std::string& name, Done<wire::Watchlist> done)
{
    object<wire::Watchlist>(publicPath + "/" + encoded(name), watchlistWhat, wire::parseWatchlist, std::move(done));
}

void ListsApi::pairsWatchlists(Done<std::vector<wire::PairsWatchlist>> done)
{
    items<wire::PairsWatchlist>("/pairs-watchlists", std::move(done));
}

void ListsApi::pairsWatchlist(const std::string& name, Done<wire::PairsWatchlist> done)
{
    object<wire::PairsWatchlist>("/pairs-watchlists/" + encoded(name), std::move(done));
}

void ListsApi::quoteAlerts(Done<std::vector<wire::QuoteAlert>> done)
{
    items<wire::QuoteAlert>("/quote-alerts", std::move(done));
}

void ListsApi::addQuoteAlert(const wire::QuoteAlert& alert, Done<wire::QuoteAlert> done)
{
    constexpr const char* what = "quote alert";
    write(RequestQueue::Kind::Write, HttpRequest::Verb::Post, "/quote-alerts", wire::toJson(alert),
          reading<wire::QuoteAlert>(what, dataParser<wire::QuoteAlert>(what, wire::read<wire::QuoteAlert>),
                                    std::move(done)));
}

void ListsApi::deleteQuoteAlert(const std::string& id, Done<bool> done)
{
    write(RequestQueue::Kind::Read, HttpRequest::Verb::Delete, "/quote-alerts/" + encoded(id), {},
          [done = std::move(done)](const base::Result<HttpAnswer>& answer) {
              if (!answer)
                  return done(tl::make_unexpected(answer.error()));
              if (!isSuccess(*answer))
                  return done(tl::make_unexpected(wire::errorFromAnswer(answer->status, answer->body, "quote alert")));
              done(true); // 204: there is nothing to read
          });
}

} // namespace vegadesk::tastytrade
