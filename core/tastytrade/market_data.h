#pragma once

#include "market/feed.h"
#include "market/reference_data.h"
#include "tastytrade/network_side.h"

#include <atomic>

namespace vegadesk::tastytrade
{

/// The feed as its owner sees it; both members may be called on any thread.
class DxLinkFeed final : public market::Feed
{
public:
    explicit DxLinkFeed(Post post) : m_post(std::move(post)) {}
    void setWanted(std::vector<market::Wanted> wanted) override;
    market::FeedState state() const override { return m_state.load(std::memory_order_acquire); }

    /// For the network side.
    void setState(market::FeedState state) { m_state.store(state, std::memory_order_release); }

private:
    const Post m_post;
    std::atomic<market::FeedState> m_state = market::FeedState::Disconnected;
};

/// Chains and equities by REST, candles over the feed's connection. Answers come through the executor given.
class TastytradeReferenceData final : public market::ReferenceData
{
public:
    TastytradeReferenceData(Post post, Executor owner) : m_post(std::move(post)), m_owner(std::move(owner)) {}

    void optionChain(const std::string& underlying, Done<market::ChainDefinition> done) override;
    /// `symbol` is the broker's. Candles that start before `from` are left out; ascending.
    void candles(const std::string& symbol, const std::string& period, base::Instant from,
                 Done<std::vector<market::Candle>> done) override;

    [[nodiscard]] std::shared_ptr<void> followCandles(const std::string& symbol, const std::string& period,
                                                      base::Instant from,
                                                      std::function<void(market::CandleUpdate)> changed) override;

    void instrument(const std::string& symbol, Done<market::Instrument> done);
    /// Of what the broker knows of these.
    void metrics(const std::vector<std::string>& symbols, Done<std::vector<market::UnderlyingMetrics>> done);

private:
    template<class T>
    Done<T> onOwner(Done<T> done) const;

    const Post m_post;
    const Executor m_owner;
};

} // namespace vegadesk::tastytrade
