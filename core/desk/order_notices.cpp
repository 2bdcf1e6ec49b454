#include "desk/order_notices.h"

#include "desk/sentences.h"
#include "execution/order_manager.h"
#include "market/symbols.h"

#include <QCoreApplication>
#include <QStringList>

#include <string_view>

namespace vegadesk::desk
{

namespace
{

struct OrderNotices {
    Q_DECLARE_TR_FUNCTIONS(OrderNotices)
};

QString words(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

QString describe(const portfolio::OrderIntent& intent)
{
    QStringList legs;
    for (const portfolio::OrderLeg& leg : intent.legs)
        legs << QStringLiteral("%1 %2 %3")
                    .arg(words(portfolio::toWire(leg.action)))
                    .arg(intent.value
                             ? OrderNotices::tr("%1 dollars of").arg(QString::fromStdString(intent.value->toFixed(2)))
                             : QString::fromStdString(leg.quantity.toString()))
                    .arg(words(market::contractName(leg.symbol)));
    return legs.join(QStringLiteral(", "));
}

std::optional<NoticeText> noticeOf(const execution::Order& order)
{
    const QString what = describe(order.intent);
    switch (order.status) {
    case execution::OrderStatus::Filled:
        return NoticeText{NoticeLevel::Info, (order.intent.origin == execution::settlementOrigin
                                                  ? OrderNotices::tr("Settled by the broker, without an order: %1.")
                                                  : OrderNotices::tr("Filled: %1."))
                                                 .arg(what)};
    case execution::OrderStatus::Rejected:
        return NoticeText{NoticeLevel::Error,
                          (order.replaces.empty() ? OrderNotices::tr("Refused by the broker: %1. %2")
                                                  : OrderNotices::tr("The broker did not take the change: %1. %2"))
                              .arg(what, words(order.reason))};
    case execution::OrderStatus::NotPlaced:
        return NoticeText{NoticeLevel::Warning, OrderNotices::tr("Not placed: %1. %2").arg(what, words(order.reason))};
    case execution::OrderStatus::Unknown:
        return NoticeText{NoticeLevel::Error,
                          OrderNotices::tr("It is not known whether this order reached the broker: %1. It is not sent "
                                           "again; the broker is being asked.")
                              .arg(what)};
    default:
        return {};
    }
}

NoticeText noticeOf(const portfolio::OrderIntent& intent, const risk::GateRefusals& refusals)
{
    QStringList reasons;
    for (const risk::Refusal& reason : refusals.reasons)
        reasons << translated(reason.sentence);
    return {NoticeLevel::Warning,
            OrderNotices::tr("Not sent (%1): %2").arg(describe(intent), reasons.join(QLatin1Char(' ')))};
}

std::optional<NoticeText> noticeOf(const portfolio::OrderIntent& intent, const portfolio::DryRunResult& check)
{
    if (check.warnings.empty())
        return {};
    QStringList warnings;
    for (const std::string& warning : check.warnings)
        warnings << words(warning);
    return NoticeText{NoticeLevel::Warning, OrderNotices::tr("The broker would take %1, and warns: %2")
                                                .arg(describe(intent), warnings.join(QLatin1Char(' ')))};
}

NoticeText noticeOf(risk::TradingState state, const base::Sentence& reason)
{
    const QString why = translated(reason);
    switch (state) {
    case risk::TradingState::Halted:
        return {
            NoticeLevel::Warning,
            OrderNotices::tr("Trading is halted: %1. Working orders are being cancelled; positions are kept.").arg(why),
            NoticeTopic::Trading};
    case risk::TradingState::Reducing:
        return {NoticeLevel::Warning, OrderNotices::tr("Only closing orders pass: %1.").arg(why), NoticeTopic::Trading};
    case risk::TradingState::Active:
        break;
    }
    return {NoticeLevel::Info, OrderNotices::tr("Trading goes on: %1.").arg(why), NoticeTopic::Trading};
}

NoticeText noticeOf(std::span<const portfolio::AttributedCash> dividend)
{
    base::Decimal amount;
    for (const portfolio::AttributedCash& part : dividend)
        amount += part.amount;
    const QString dollars = words(amount.abs().toString());
    const QString symbol = dividend.empty() ? QString() : words(dividend.front().symbol);
    return {NoticeLevel::Info,
            amount.isNegative()
                ? OrderNotices::tr("%1 dollars were owed for a dividend of %2: they count as a loss of the day.")
                      .arg(dollars, symbol)
                : OrderNotices::tr("%1 dollars came as a dividend of %2: they count as a profit of the day.")
                      .arg(dollars, symbol)};
}

NoticeText noticeOfCash(base::Decimal amount)
{
    const QString dollars = words(amount.abs().toString());
    return {
        NoticeLevel::Info,
        amount.isNegative()
            ? OrderNotices::tr("%1 dollars left the account without a trade: they do not count as a loss of the day.")
                  .arg(dollars)
            : OrderNotices::tr(
                  "%1 dollars came into the account without a trade: they do not count as a profit of the day.")
                  .arg(dollars)};
}

} // namespace vegadesk::desk
