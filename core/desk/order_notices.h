#pragma once

#include "desk/views.h"
#include "execution/order.h"
#include "portfolio/attribution.h"
#include "risk/gate/gate.h"

#include <QString>

#include <optional>
#include <span>

namespace vegadesk::desk
{

struct NoticeText {
    NoticeLevel level = NoticeLevel::Info;
    QString text;
    NoticeTopic topic = NoticeTopic::None;
};

/// "Buy to Open 1 SPY 2026-12-18 680 C, Sell to Open 1 …".
QString describe(const portfolio::OrderIntent& intent);
/// What the user is told when an order has come to its status; empty where the order's row says enough.
std::optional<NoticeText> noticeOf(const execution::Order& order);
NoticeText noticeOf(const portfolio::OrderIntent& intent, const risk::GateRefusals& refusals);
/// What the broker warns of before he takes an order; empty when he does not.
std::optional<NoticeText> noticeOf(const portfolio::OrderIntent& intent, const portfolio::DryRunResult& check);
NoticeText noticeOf(risk::TradingState state, const base::Sentence& reason);
/// Money that came or went without a trade.
NoticeText noticeOfCash(base::Decimal amount);
/// A dividend, by the trades whose shares brought it.
NoticeText noticeOf(std::span<const portfolio::AttributedCash> dividend);

} // namespace vegadesk::desk
