#include "tastytrade/rest_calls.h"

namespace vegadesk::tastytrade
{

std::string encoded(const std::string& text)
{
    return QUrl::toPercentEncoding(wire::toQString(text)).toStdString();
}

QueryText& QueryText::add(const char* name, const std::string& value)
{
    if (!value.empty())
        m_text += (m_text.empty() ? "?" : "&") + encoded(name) + "=" + encoded(value);
    return *this;
}

QueryText& QueryText::add(const char* name, const std::vector<std::string>& values)
{
    for (const std::string& value : values)
        add(name, value);
    return *this;
}

QueryText& QueryText::add(const char* name, std::optional<base::Date> date)
{
    return date ? add(name, base::formatDate(*date)) : *this;
}

QueryText& QueryText::addIf(const char* name, bool isSo)
{
    return isSo ? add(name, std::string("true")) : *this;
}

RestCalls::RestCalls(RequestQueue& queue, Quarantine& quarantine, const QUrl& rest)
    : m_queue(queue), m_quarantine(quarantine),
      m_rest(rest.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment))
{
}

HttpRequest RestCalls::makeRequest(HttpRequest::Verb verb, const std::string& path) const
{
    HttpRequest request;
    request.verb = verb;
    request.url = QUrl::fromEncoded(m_rest + QByteArray::fromStdString(path));
    return request;
}

void RestCalls::get(const std::string& path, Handler handler)
{
    m_queue.submit(RequestQueue::Kind::Read, makeRequest(HttpRequest::Verb::Get, path), std::move(handler));
}

void RestCalls::leaveOut(const char* what, const QJsonObject& item, const base::Error& error)
{
    m_quarantine.put(what, error.message(), wire::toBytes(item));
}

} // namespace vegadesk::tastytrade
