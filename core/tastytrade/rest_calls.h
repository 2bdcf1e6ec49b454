#pragma once

#include "tastytrade/request_queue.h"
#include "tastytrade/wire/described.h"
#include "tastytrade/wire/error_body.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::tastytrade
{

/// `text` as a part of a path or a query: slashes and blanks too are encoded.
std::string encoded(const std::string& text);

/// Names and values after the question mark, in order; a name may come twice.
class QueryText
{
public:
    /// Nothing is added for an empty value.
    QueryText& add(const char* name, const std::string& value);
    QueryText& add(const char* name, const std::vector<std::string>& values);
    QueryText& add(const char* name, std::optional<base::Date> date);
    QueryText& addIf(const char* name, bool isSo); ///< "true", or nothing
    const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

/// What the typed calls have in common: a request, its envelope, a parser, and the quarantine for what cannot be read.
/// Everything on the network thread; `done` runs exactly once.
class RestCalls
{
public:
    template<class T>
    using Done = std::function<void(base::Result<T>)>;

protected:
    using Handler = RequestQueue::Done;

    RestCalls(RequestQueue& queue, Quarantine& quarantine, const QUrl& rest);
    ~RestCalls() = default;

    static bool isSuccess(const HttpAnswer& answer) { return answer.status >= 200 && answer.status < 300; }
    HttpRequest makeRequest(HttpRequest::Verb verb, const std::string& path) const;
    void get(const std::string& path, Handler handler);
    /// Puts aside an item that could not be read.
    void leaveOut(const char* what, const QJsonObject& item, const base::Error& error);

    /// Reads `data` or what `parse` makes of the body; failures to read are put in quarantine, without the text where that may
    /// hold a secret.
    template<class T, class Parse>
    Handler reading(const char* what, Parse parse, Done<T> done, bool isSecret = false)
    {
        return [this, what, isSecret, parse = std::move(parse), done = std::move(done)](const base::Result<HttpAnswer>& answer) {
            if (!answer)
                return done(tl::make_unexpected(answer.error()));
            if (!isSuccess(*answer))
                return done(tl::make_unexpected(wire::errorFromAnswer(answer->status, answer->body, what)));
            const auto body = wire::parseObject(answer->body, what);
            base::Result<T> value =
                body ? base::Result<T>(parse(*body)) : base::Result<T>(tl::make_unexpected(body.error()));
            if (!value)
                m_quarantine.put(what, value.error().message(), isSecret ? QByteArray() : answer->body);
            done(std::move(value));
        };
    }

    /// Parses each item; what cannot be read goes to `refused`.
    template<class T, class ParseItem, class Refused>
    static base::Result<std::vector<T>> parseList(const QJsonObject& body, const char* what, ParseItem parseItem,
                                                  Refused refused)
    {
        const auto items = wire::itemsOf(body, what);
        if (!items)
            return tl::make_unexpected(items.error());
        std::vector<T> list;
        for (const QJsonValue& item : *items) {
            if (auto parsed = parseItem(item.toObject()))
                list.push_back(std::move(*parsed));
            else
                refused(item.toObject(), parsed.error(), list);
        }
        return list;
    }

    /// Reads all pages of `path`, which ends where the page's number goes, item by item with `parseItem`; what cannot be
    /// read goes to `refused`, which may put something in its place.
    template<class T, class ParseItem, class Refused>
    void pages(const std::string& path, const char* what, std::int64_t page, ParseItem parseItem, Refused refused,
               std::shared_ptr<std::vector<T>> found, Done<std::vector<T>> done)
    {
        struct Page {
            std::vector<T> items;
            std::int64_t pages = 1;
        };
        const auto parse = [what, parseItem, refused](const QJsonObject& body) -> base::Result<Page> {
            auto list = parseList<T>(body, what, parseItem, refused);
            if (!list)
                return tl::make_unexpected(list.error());
            const auto pagination = wire::parsePagination(body);
            return Page{std::move(*list), pagination ? pagination->totalPages : 1};
        };
        const auto next = [this, path, what, page, parseItem, refused, found,
                           done = std::move(done)](base::Result<Page> read) {
            if (!read)
                return done(tl::make_unexpected(read.error()));
            found->insert(found->end(), std::make_move_iterator(read->items.begin()),
                          std::make_move_iterator(read->items.end()));
            if (page + 1 >= read->pages)
                return done(std::move(*found));
            if (page + 1 >= pagesMax) // half a list must not pass for the whole
                return done(base::fail(base::ErrorKind::Network, what, std::to_string(read->pages) + " pages",
                                       "at most " + std::to_string(pagesMax) + " are read"));
            pages(path, what, page + 1, parseItem, refused, found, done);
        };
        get(path + std::to_string(page), reading<Page>(what, parse, next));
    }

    /// `data` of one GET.
    template<class T, class ParseData>
    void object(const std::string& path, const char* what, ParseData parseData, Done<T> done)
    {
        get(path, reading<T>(what, dataParser<T>(what, std::move(parseData)), std::move(done)));
    }
    /// The items of one GET, without those that cannot be read.
    template<class T, class ParseItem>
    void items(const std::string& path, const char* what, ParseItem parseItem, Done<std::vector<T>> done)
    {
        const auto parse = [this, what, parseItem = std::move(parseItem)](const QJsonObject& body) {
            return parseList<T>(body, what, parseItem, leavingOut(what));
        };
        get(path, reading<std::vector<T>>(what, parse, std::move(done)));
    }
    /// The items of all pages likewise.
    template<class T, class ParseItem>
    void itemsOfAllPages(const std::string& path, const char* what, ParseItem parseItem, Done<std::vector<T>> done)
    {
        const char* const pageKey = path.find('?') == std::string::npos ? "?page-offset=" : "&page-offset=";
        pages(path + pageKey, what, 0, std::move(parseItem), leavingOut(what), std::make_shared<std::vector<T>>(),
              std::move(done));
    }

    template<wire::Described T>
    void object(const std::string& path, Done<T> done)
    {
        object<T>(path, T::what.data(), wire::read<T>, std::move(done));
    }
    template<wire::Described T>
    void items(const std::string& path, Done<std::vector<T>> done)
    {
        items<T>(path, T::what.data(), wire::read<T>, std::move(done));
    }
    template<wire::Described T>
    void itemsOfAllPages(const std::string& path, Done<std::vector<T>> done)
    {
        itemsOfAllPages<T>(path, T::what.data(), wire::read<T>, std::move(done));
    }

    template<class T, class ParseData>
    static auto dataParser(const char* what, ParseData parseData)
    {
        return [what, parseData = std::move(parseData)](const QJsonObject& body) -> base::Result<T> {
            const auto data = wire::dataOf(body, what);
            if (!data)
                return tl::make_unexpected(data.error());
            return parseData(*data);
        };
    }

    RequestQueue& m_queue;
    Quarantine& m_quarantine;
    const QByteArray m_rest;

private:
    static constexpr std::int64_t pagesMax = 50;

    auto leavingOut(const char* what)
    {
        return [this, what](const QJsonObject& item, const base::Error& error, auto&) { leaveOut(what, item, error); };
    }
};

} // namespace vegadesk::tastytrade
