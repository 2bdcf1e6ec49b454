#include "desk/environment_session.h"

#include "desk/market_hours.h"

/// Which instruments and chains the environment knows, asks for and watches.
namespace vegadesk::desk
{

void EnvironmentSession::requestInstrument(const std::string& symbol)
{
    if (!m_pendingInstruments.insert(symbol).second)
        return;
    marketData().referenceData().instrument(symbol, [this, symbol](base::Result<market::Instrument> answer) {
        m_pendingInstruments.erase(symbol);
        if (!answer) {
            if (answer.error().kind == base::ErrorKind::NotFound) {
                m_descriptions[symbol] = tr("not known here").toStdString(); // not asked for again
                m_unknown.insert(symbol);
                Q_EMIT symbolUnknown(QString::fromStdString(symbol));
            }
            return; // anything else is asked again when the feed is back
        }
        m_descriptions[symbol] = answer->description;
        m_book->add(*answer);
        QStringList watched;
        for (const std::string& one : m_watched)
            watched << QString::fromStdString(one);
        setWatchlist(watched);
    });
}

void EnvironmentSession::requestChain(const std::string& underlying)
{
    if (underlying.empty() || !m_listings.begin(underlying, m_wallClock.now()))
        return;
    marketData().referenceData().optionChain(underlying, [this,
                                                          underlying](base::Result<market::ChainDefinition> answer) {
        if (answer) {
            m_analyst->post([definition = std::make_shared<const market::ChainDefinition>(std::move(*answer))](
                                MarketAnalyst& analyst) { analyst.prepare(definition); });
            return;
        }
        m_listings.failed(underlying, answer.error().kind, m_wallClock.now());
        if (answer.error().kind == base::ErrorKind::NotFound)
            m_analyst->post([underlying](MarketAnalyst& analyst) { analyst.dispersion().setNotKnown(underlying); });
        if (underlying == m_shown && !m_layouts.contains(underlying)) {
            const std::string why =
                answer.error().kind == base::ErrorKind::NotFound
                    ? tr("%1 is not known here.").arg(QString::fromStdString(underlying)).toStdString()
                    : answer.error().message();
            m_analyst->post([underlying, why](MarketAnalyst& analyst) { analyst.setChainPending(underlying, why); });
        }
    });
}

void EnvironmentSession::onPrepared(std::shared_ptr<const market::ChainDefinition> definition,
                                    std::shared_ptr<const market::OptionChain> layout)
{
    const std::string underlying = definition->underlying.symbol;
    const bool isNew = m_definitions[underlying] != definition;
    m_definitions[underlying] = definition;
    m_layouts[underlying] = layout;
    m_listings.arrived(underlying); // not before: until now it is not among those there are
    if (isNew)
        m_trading->post([definition](TradingSession& session) { session.addDefinition(definition); });
    if (underlying == m_shown) {
        m_selected = favouriteExpiration(*layout, m_setup.clock->now());
        const auto chosen = m_chosen.find(underlying);
        for (std::size_t i = 0; chosen != m_chosen.end() && i < layout->expirations.size(); ++i) {
            if (std::pair(layout->expirations[i].date, layout->expirations[i].root) == chosen->second)
                m_selected = i;
        }
        noteWhetherItTrades();
        m_analyst->post([definition, tab = m_selected](MarketAnalyst& analyst) { analyst.setChain(definition, tab); });
    }
    requestListings();
    updateSubscriptions();
}

void EnvironmentSession::noteWhetherItTrades()
{
    const auto layout = m_layouts.find(m_shown);
    m_isSelectedTrading = layout != m_layouts.end() && m_selected < layout->second->expirations.size() &&
                          lastTradingMoment(layout->second->expirations[m_selected]) > m_setup.clock->now();
}

/// The next expiration when the chosen one has ceased trading. One that had ceased when it was chosen is there to be looked at.
void EnvironmentSession::leaveWhatCeasedTrading()
{
    const auto layout = m_layouts.find(m_shown);
    if (!m_isSelectedTrading || layout == m_layouts.end())
        return;
    noteWhetherItTrades();
    if (!m_isSelectedTrading)
        selectExpiration(stillTrading(*layout->second, m_selected, m_setup.clock->now()));
}

void EnvironmentSession::requestMissing()
{
    for (const std::string& symbol : m_watched) {
        if (!m_descriptions.contains(symbol))
            requestInstrument(symbol);
    }
    if (!m_shown.empty() && !m_layouts.contains(m_shown))
        requestChain(m_shown);
    requestListings();
}

/// Of what is held, worked, staged, traded by strategies or looked at together.
void EnvironmentSession::requestListings()
{
    std::set<std::string> wanted;
    for (const auto& [underlying, symbols] : m_interest)
        wanted.insert(underlying);
    if (m_basket) {
        for (const std::string& symbol : m_basket->symbols())
            wanted.insert(symbol);
    }
    const auto isThere = [this](const std::string& underlying) { return m_layouts.contains(underlying); };
    for (const std::string& underlying : m_listings.due(wanted, isThere, m_wallClock.now()))
        requestChain(underlying);
}

void EnvironmentSession::updateSubscriptions()
{
    Interest interest;
    interest.symbols.insert(m_watched.begin(), m_watched.end());
    if (!m_shown.empty()) {
        interest.symbols.insert(m_shown);
        if (const auto layout = m_layouts.find(m_shown); layout != m_layouts.end())
            interest.shown = ShownChain{layout->second, m_selected};
    }
    for (const auto& [underlying, symbols] : m_interest) {
        interest.symbols.insert(underlying);
        if (const auto layout = m_layouts.find(underlying); layout != m_layouts.end())
            interest.held.push_back({layout->second, symbols});
    }
    addBasket(interest);
    marketData().feed().setWanted(wantedInstruments(*m_book, interest));
}

std::optional<market::Instrument> EnvironmentSession::instrument(const std::string& symbol) const
{
    const auto index = m_book->find(symbol);
    return index ? std::optional(m_book->instrument(*index)) : std::nullopt;
}

std::shared_ptr<const market::OptionChain> EnvironmentSession::layout(const std::string& underlying) const
{
    const auto found = m_layouts.find(underlying);
    return found == m_layouts.end() ? nullptr : found->second;
}

} // namespace vegadesk::desk
