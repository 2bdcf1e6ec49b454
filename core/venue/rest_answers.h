#pragma once

#include "tastytrade/wire/json.h"
#include "venue/rest_api.h"

#include <algorithm>
#include <string>
#include <utility>

namespace vegadesk::venue
{

/// What the routes answer with, in the broker's envelopes.

inline HttpAnswer json(const QJsonObject& body, int status = 200)
{
    return {status, tastytrade::wire::toBytes(body), "application/json"};
}

inline HttpAnswer refusal(const Refusal& refused)
{
    return json(tastytrade::wire::toJson(refused.body), refused.httpStatus);
}

inline HttpAnswer error(int status, std::string code, std::string message)
{
    return refusal({status, {std::move(code), std::move(message), {}}});
}

inline HttpAnswer notFound(const std::string& what)
{
    return error(404, "record_not_found", what + " was not found");
}

/// A request that was malformed; its reasons have other keys than those of a refused order.
inline HttpAnswer validationError(const base::Error& problem)
{
    QJsonObject reason;
    tastytrade::wire::put(reason, "domain", problem.field.empty() ? std::string("request") : problem.field);
    tastytrade::wire::put(reason, "reason", problem.message());
    const QJsonObject body{{QStringLiteral("code"), QStringLiteral("validation_error")},
                           {QStringLiteral("message"), QStringLiteral("Request validation failed")},
                           {QStringLiteral("errors"), QJsonArray{reason}}};
    return json({{QStringLiteral("error"), body}}, 400);
}

/// One described object, or a list of them.
template<class T>
HttpAnswer data(const T& value, const std::string& context, int status = 200)
{
    return json(tastytrade::wire::envelope(tastytrade::wire::toJson(value), context), status);
}
template<class T>
HttpAnswer items(const std::vector<T>& values, const std::string& context)
{
    QJsonArray list;
    for (const T& value : values)
        list.append(tastytrade::wire::toJson(value));
    return json(tastytrade::wire::itemsEnvelope(list, context));
}

/// How many items a page has where the client does not say, and at most.
struct PageLimits {
    std::int64_t usual = 100, most = 200;
};

/// A page of `count` items, as the broker's searches give it.
template<class ItemAt>
HttpAnswer page(std::size_t count, ItemAt itemAt, const QUrlQuery& query, const std::string& context,
                PageLimits limits = {})
{
    const Parameters parameters(query);
    tastytrade::wire::Pagination pages;
    pages.perPage = std::max<std::int64_t>(parameters.number("per-page", limits.usual, limits.most), 1);
    pages.page = parameters.number("page-offset", 0, 1'000'000);
    pages.totalItems = static_cast<std::int64_t>(count);
    pages.totalPages = (pages.totalItems + pages.perPage - 1) / pages.perPage;
    QJsonArray items;
    for (std::int64_t i = pages.page * pages.perPage; i < pages.totalItems && items.size() < pages.perPage; ++i)
        items.append(tastytrade::wire::toJson(itemAt(static_cast<std::size_t>(i))));
    return json(tastytrade::wire::itemsEnvelope(items, context, pages));
}

template<class T>
HttpAnswer page(const std::vector<T>& values, const QUrlQuery& query, const std::string& context, PageLimits limits)
{
    return page(
        values.size(), [&values](std::size_t i) -> const T& { return values[i]; }, query, context, limits);
}

} // namespace vegadesk::venue
