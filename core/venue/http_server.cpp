#include "venue/http_server.h"

#include <QHttpServerRequest>

#include <string_view>

namespace vegadesk::venue
{

namespace
{

QByteArray methodName(QHttpServerRequest::Method method)
{
    switch (method) {
    case QHttpServerRequest::Method::Get:
        return "GET";
    case QHttpServerRequest::Method::Post:
        return "POST";
    case QHttpServerRequest::Method::Put:
        return "PUT";
    case QHttpServerRequest::Method::Delete:
        return "DELETE";
    case QHttpServerRequest::Method::Patch:
        return "PATCH";
    default:
        return "OTHER";
    }
}

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 422:
        return "Unprocessable Entity";
    case 429:
        return "Too Many Requests";
    case 502:
        return "Bad Gateway";
    default:
        return status < 400 ? "OK" : "Error";
    }
}

} // namespace

HttpServer::HttpServer(Handler handler, QObject* parent) : QAbstractHttpServer(parent), m_handler(std::move(handler)) {}

bool HttpServer::handleRequest(const QHttpServerRequest& request, QTcpSocket* socket)
{
    HttpRequest call;
    call.method = methodName(request.method());
    call.path = request.url().path(QUrl::FullyEncoded);
    call.query = request.query();
    call.userAgent = request.value("User-Agent");
    call.authorization = request.value("Authorization");
    call.body = request.body();
    m_handler(call, socket);
    return true;
}

void HttpServer::missingHandler(const QHttpServerRequest&, QTcpSocket* socket)
{
    answer(socket, {404, "{}", "application/json"});
}

void HttpServer::answer(QTcpSocket* socket, const HttpAnswer& answer)
{
    // Qt 6.4's responder keeps a reference to the request, which may be gone when a delayed answer goes out.
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + reasonPhrase(answer.status) + "\r\n";
    head += "Content-Type: " + answer.contentType + "\r\n";
    head += "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n\r\n";
    socket->write(head + answer.body);
}

} // namespace vegadesk::venue
