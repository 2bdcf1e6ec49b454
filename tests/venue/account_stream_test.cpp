#include "venue/order_helper.h"

#include "tastytrade/wire/json.h"
#include "venue/account_stream.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <memory>

using namespace venue_test;

/// What one client of the account streamer is answered, frame by frame.
class AccountStreamTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sent.clear();
        m_stream = std::make_unique<venue::AccountStream>("7", m_credentials, "SIM00001",
                                                          [this](const QByteArray& frame) { m_sent.append(frame); });
    }

    void answers_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::addColumn<bool>("connectFirst");
        QTest::addColumn<QByteArray>("answer");
        const auto row = [](const char* name, bool connectFirst, const char* frame, const char* answer) {
            QTest::newRow(name) << js(frame) << connectFirst << js(answer);
        };
        row("connect", false, "{'action':'connect','value':['SIM00001'],'auth-token':'%1','request-id':1}",
            "{'action':'connect','request-id':1,'status':'ok','value':['SIM00001'],'web-socket-session-id':'7'}");
        row("one account as a text, an id as a text", false,
            "{'action':'connect','value':'SIM00001','auth-token':'%1','request-id':'one'}",
            "{'action':'connect','request-id':'one','status':'ok','value':['SIM00001'],'web-socket-session-id':'7'}");
        row("without a request id", false, "{'action':'connect','value':'SIM00001','auth-token':'%1'}",
            "{'action':'connect','status':'ok','value':['SIM00001'],'web-socket-session-id':'7'}");
        row("no bearer", false, "{'action':'connect','value':['SIM00001'],'auth-token':'abc','request-id':2}",
            "{'action':'connect','message':'Unknown "
            "domain','request-id':2,'status':'error','web-socket-session-id':'7'}");
        row("bad token", false, "{'action':'connect','value':['SIM00001'],'auth-token':'Bearer abc'}",
            "{'action':'connect','message':'failed','status':'error','web-socket-session-id':'7'}");
        for (const char* const value : {"", "'value':['SIM00001','OTHER'],", "'value':'',"})
            row(*value == 0 ? "no account" : value, false,
                ("{'action':'connect'," + std::string(value) + "'auth-token':'%1'}").c_str(),
                "{'action':'connect','message':'value missing or not "
                "valid','status':'error','web-socket-session-id':'7'}");
        row("heartbeat", false, "{'action':'heartbeat','auth-token':'Bearer abc','request-id':3}",
            "{'action':'heartbeat','request-id':3,'status':'ok','web-socket-session-id':'7'}");
        row("a subscription before connect", false, "{'action':'quote-alerts-subscribe','auth-token':'%1'}",
            "{'action':'quote-alerts-subscribe','message':'not-implemented','status':'error','web-socket-session-id':'"
            "7'}");
        row("an unknown action", true, "{'action':'dance','auth-token':'%1'}",
            "{'action':'dance','message':'not-implemented','status':'error','web-socket-session-id':'7'}");
        for (const char* const action : {"quote-alerts-subscribe", "public-watchlists-subscribe"})
            row(action, true, ("{'action':'" + std::string(action) + "','auth-token':'%1','request-id':4}").c_str(),
                ("{'action':'" + std::string(action) + "','request-id':4,'status':'ok','web-socket-session-id':'7'}")
                    .c_str());
        row("messages to a person", true, "{'action':'user-message-subscribe','value':'U1','auth-token':'%1'}",
            "{'action':'user-message-subscribe','status':'ok','value':['U1'],'web-socket-session-id':'7'}");
        row("to nobody", true, "{'action':'user-message-subscribe','auth-token':'%1'}",
            "{'action':'user-message-subscribe','message':'value missing or not "
            "valid','status':'error','web-socket-session-id':'7'}");
        row("a token that is none", true, "{'action':'quote-alerts-subscribe','auth-token':'Bearer x'}",
            "{'action':'quote-alerts-subscribe','message':'failed','status':'error','web-socket-session-id':'7'}");
        row("no action", false, "{'value':1}",
            "{'action':'','message':'not-implemented','status':'error','web-socket-session-id':'7'}");
        row("no JSON", false, "hello",
            "{'action':'','message':'not-implemented','status':'error','web-socket-session-id':'7'}");
    }
    void answers()
    {
        QFETCH(QByteArray, frame);
        QFETCH(bool, connectFirst);
        QFETCH(QByteArray, answer);
        if (connectFirst)
            m_stream->receive(js("{'action':'connect','value':'SIM00001','auth-token':'%1'}").replace("%1", m_bearer));
        m_sent.clear();
        m_stream->receive(frame.replace("%1", m_bearer));
        QCOMPARE(m_sent, QList<QByteArray>{answer});
    }

    void noticesComeAfterConnect()
    {
        m_stream->notify("{}");
        QVERIFY(m_sent.isEmpty());
        m_stream->receive(
            js("{'action':'account-subscribe','value':'SIM00001','auth-token':'%1'}").replace("%1", m_bearer));
        m_sent.clear();
        m_stream->notify("{}");
        QCOMPARE(m_sent, QList<QByteArray>{"{}"});
    }

private:
    base::SystemClock m_clock;
    venue::Credentials m_credentials{"secret", std::chrono::seconds(900), m_clock};
    QByteArray m_bearer = "Bearer " + QByteArray::fromStdString(m_credentials.issueAccessToken());
    QList<QByteArray> m_sent;
    std::unique_ptr<venue::AccountStream> m_stream;
};

QTEST_GUILESS_MAIN(AccountStreamTest)
#include "account_stream_test.moc"
