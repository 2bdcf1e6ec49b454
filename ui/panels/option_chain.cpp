#include "ui/panels/option_chain.h"

#include "market/symbols.h"
#include "ui/models/words.h"
#include "ui/panels/expiration_strip.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
const QString fieldsKey = QStringLiteral("chain/columns");
constexpr std::array offeredStrikes{6, 8, 12, 20, 30, 60};
constexpr std::array shippedFields{ChainField::OpenInterest, ChainField::Volume, ChainField::Theta, ChainField::Delta,
                                   ChainField::Iv};
/// Stable words for the settings file.
constexpr std::array<const char*, ChainModel::fieldCount> fieldKeys{
    "open_interest", "volume", "last", "touch", "in_the_money", "vega", "theta",
    "gamma",         "delta",  "iv",   "theo",  "mark",         "bid",  "ask"};

QLabel* addLabel(QHBoxLayout& layout, const char* tone)
{
    auto* const label = new QLabel;
    label->setProperty("tone", QString::fromLatin1(tone));
    layout.addWidget(label);
    return label;
}
} // namespace

OptionChainPanel::OptionChainPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_expirations(new ExpirationStrip(this)),
      m_table(new ChainTable(m_model, context.theme, context.staged, this))
{
    m_clock.start();
    m_table->setObjectName(QStringLiteral("chain_view"));
    m_expirations->setObjectName(QStringLiteral("expirations"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_expirations);
    layout->addWidget(m_table, 1);
    makeHeader();
    loadFields();

    connect(m_expirations, &ExpirationStrip::chosen, this,
            [this](std::size_t tab) { m_context.desk.selectExpiration(tab); });
    connect(m_table, &ChainTable::staged, this, &OptionChainPanel::stage);
    connect(m_table, &ChainTable::rolled, this, &OptionChainPanel::roll);
    connect(m_table, &ChainTable::expirationStepped, this, &OptionChainPanel::stepExpiration);
    connect(m_table, &ChainTable::dropped, this, [this](const QModelIndex& index) {
        const desk::ChainCell* const cell = m_model.cell(index.row(), index.column());
        const auto& legs = m_context.staged.legs();
        for (std::size_t leg = 0; cell && leg < legs.size(); ++leg)
            if (legs[leg].symbol == cell->symbol) {
                m_context.staged.remove(leg);
                return;
            }
    });
    connect(&m_context.staged, &StagedOrder::changed, m_table->viewport(), qOverload<>(&QWidget::update));
}

void OptionChainPanel::makeHeader()
{
    m_header = new QWidget(this);
    // The summary says what the dock is; the dock's title would say it twice.
    m_header->setProperty("replacesTitle", true);
    m_header->installEventFilter(this);
    auto* const layout = new QHBoxLayout(m_header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2 * Theme::unit);
    m_symbol = addLabel(*layout, "strong");
    m_spot = addLabel(*layout, "");
    m_change = addLabel(*layout, "");
    m_volatility = addLabel(*layout, "dim");
    m_volatility->setToolTip(tr("At-the-money implied volatility of the shown expiration"));
    m_move = addLabel(*layout, "dim");
    m_move->setToolTip(tr("One standard deviation to the shown expiration, from the at-the-money volatility"));
    m_age = addLabel(*layout, "dim");
    layout->addStretch(1);

    m_shares = new QToolButton;
    m_shares->setObjectName(QStringLiteral("chain_shares"));
    m_shares->setText(tr("shares ▾"));
    m_shares->setToolTip(tr("Trade the underlying itself"));
    m_modelChoice = new QToolButton;
    m_modelChoice->setObjectName(QStringLiteral("chain_model"));
    m_modelChoice->setToolTip(tr("What Greeks and theoretical prices are reckoned with"));
    m_columns = new QToolButton;
    m_columns->setObjectName(QStringLiteral("chain_columns"));
    m_columns->setText(tr("columns ▾"));
    m_columns->setToolTip(tr("Choose what the chain shows"));
    m_strikes = new QToolButton;
    m_strikes->setObjectName(QStringLiteral("chain_strikes"));
    m_strikes->setToolTip(tr("Strikes on each side of the money"));
    for (QToolButton* const button : {m_shares, m_modelChoice, m_columns, m_strikes}) {
        button->setProperty("kind", QStringLiteral("flat"));
        button->setPopupMode(QToolButton::InstantPopup);
        button->setMenu(new QMenu(button));
        layout->addWidget(button);
    }
    for (const QString& id : desk::setting::chainModel.choices)
        m_modelChoice->menu()->addAction(modelWord(id.toStdString()), this, [this, id] {
            // The offered words are the setting's own.
            (void)m_context.desk.settings().setChoice(desk::setting::chainModel, id);
        });
    using portfolio::OrderType;
    const auto offer = [this](const QString& words, std::int64_t quantity, OrderType type) {
        m_shares->menu()->addAction(words, this, [this, quantity, type] { stageShares(quantity, type); });
    };
    offer(tr("Buy 100 shares"), 100, OrderType::Limit);
    offer(tr("Sell 100 shares"), -100, OrderType::Limit);
    offer(tr("Buy for an amount…"), 1, OrderType::NotionalMarket);
    offer(tr("Sell for an amount…"), -1, OrderType::NotionalMarket);
    connect(m_columns->menu(), &QMenu::aboutToShow, this, &OptionChainPanel::fillColumnsMenu);
    for (const int count : offeredStrikes)
        m_strikes->menu()->addAction(QStringLiteral("±%1").arg(count), this, [this, count] {
            // The offered numbers are within the setting's bounds.
            (void)m_context.desk.settings().setNumber(desk::setting::strikesAround, count);
        });
}

QString OptionChainPanel::chosenModel() const
{
    return m_context.desk.settings().choice(desk::setting::chainModel);
}

int OptionChainPanel::strikesAround() const
{
    return static_cast<int>(m_context.desk.settings().number(desk::setting::strikesAround));
}

void OptionChainPanel::loadFields()
{
    const QByteArray stored = m_context.desk.settings().bytes(fieldsKey);
    std::vector<ChainField> fields;
    for (const QByteArray& key : stored.split(','))
        for (std::size_t field = 0; field < fieldKeys.size(); ++field)
            if (key == fieldKeys[field])
                fields.push_back(static_cast<ChainField>(field));
    if (stored.isEmpty())
        fields.assign(shippedFields.begin(), shippedFields.end());
    m_table->setFields(fields);
}

void OptionChainPanel::fillColumnsMenu()
{
    QMenu& menu = *m_columns->menu();
    menu.clear();
    for (int number = 0; number < static_cast<int>(ChainField::Bid); ++number) {
        const auto field = static_cast<ChainField>(number);
        const auto& shown = m_table->fields();
        QAction* const action = menu.addAction(ChainModel::fieldTitle(field));
        action->setCheckable(true);
        action->setChecked(std::ranges::find(shown, field) != shown.end());
        connect(action, &QAction::toggled, this, [this, field](bool isOn) {
            std::vector<ChainField> fields = m_table->fields();
            std::erase(fields, field);
            if (isOn)
                fields.push_back(field);
            m_table->setFields(fields);
            QByteArrayList keys{"bid", "ask"};
            for (const ChainField each : fields)
                keys << fieldKeys[static_cast<std::size_t>(each)];
            m_context.desk.settings().setBytes(fieldsKey, keys.join(','));
        });
    }
}

void OptionChainPanel::refresh()
{
    show(m_context.desk.chain(), m_clock.elapsed());
}

void OptionChainPanel::show(std::shared_ptr<const desk::ChainView> view, qint64 nowMs)
{
    const desk::ChainView& chain = *view;
    const bool isOther = !m_hasShown || chain.layout != m_shownLayout || chain.underlying != m_shownUnderlying;
    if (isOther) {
        m_hasShown = true;
        m_shownLayout = chain.layout;
        m_shownUnderlying = chain.underlying;
        m_expirations->setTabs(chain.tabs, chain.underlying);
        m_expirations->setSelected(chain.selected);
    }
    m_expirations->setChain(view);

    // A reset forgets the current cell; the user's place is a strike, not a row.
    const QModelIndex current = m_table->currentIndex();
    const int column = current.column();
    const double strike =
        current.isValid() && current.row() < m_model.rowCount() ? m_model.row(current.row()).strike : desk::unknown;
    bool isReset = false;
    const auto watcher = connect(&m_model, &QAbstractItemModel::modelReset, this, [&isReset] { isReset = true; });
    m_model.update(std::move(view), strikesAround(), nowMs);
    disconnect(watcher);
    if (isReset && m_model.moneyRow() >= 0)
        m_table->scrollTo(m_model.index(m_model.moneyRow(), ChainModel::strikeColumn),
                          QAbstractItemView::PositionAtCenter);
    if (!std::isnan(strike) && !m_table->currentIndex().isValid())
        if (const int row = m_model.rowOfStrike(strike); row >= 0)
            m_table->setCurrentIndex(m_model.index(row, column));
    m_table->setEmptyText(QString::fromStdString(m_model.view().why));
    showHeader(m_model.view());
}

void OptionChainPanel::stage(const QModelIndex& index, bool isBuy, Staging how)
{
    const desk::ChainCell* const cell = m_model.cell(index.row(), index.column());
    if (!cell || cell->symbol.empty())
        return;
    const auto terms = market::parseOccSymbol(cell->symbol);
    if (!terms)
        return;
    const std::int64_t staged = m_context.staged.quantityOf(cell->symbol);
    const std::int64_t direction = isBuy ? 1 : -1;
    std::int64_t change = 0;
    switch (how) {
    case Staging::Set:
        // A second click on the same price changes nothing; on the other side it turns the leg round.
        change = staged * direction > 0 ? 0 : direction - staged;
        break;
    case Staging::More:
        change = direction;
        break;
    case Staging::Less:
        change = staged * direction > 0 ? -direction : 0;
        break;
    }
    if (change == 0)
        return;
    StagedLeg leg;
    leg.symbol = cell->symbol;
    leg.underlying = m_model.view().underlying;
    leg.option = *terms;
    leg.quantity = change;
    leg.isClosing = cell->position * (staged + change) < 0;
    m_context.staged.add(leg);
}

/// More of the shares that are staged by number already, or an order by itself: the broker takes no shares beside options.
void OptionChainPanel::stageShares(std::int64_t quantity, portfolio::OrderType type)
{
    StagedLeg leg;
    leg.symbol = leg.underlying = m_model.view().underlying;
    leg.type = market::InstrumentType::Equity;
    leg.quantity = quantity;
    const auto& legs = m_context.staged.legs();
    const bool isMore = legs.size() == 1 && legs.front().symbol == leg.symbol && !m_context.staged.value() &&
                        type == portfolio::OrderType::Limit;
    if (!isMore)
        m_context.staged.clear();
    const auto trading = m_context.desk.trading();
    for (const desk::PositionGroup& group : trading->groups) {
        for (const desk::PositionRow& row : group.rows)
            leg.isClosing =
                leg.isClosing || (row.position.symbol == leg.symbol && row.position.quantity * quantity < 0);
    }
    if (m_context.staged.add(leg) && !isMore)
        m_context.staged.setType(type);
}

void OptionChainPanel::roll(const QModelIndex& from, const QModelIndex& to)
{
    const desk::ChainCell* const old = m_model.cell(from.row(), from.column());
    const desk::ChainCell* const target = m_model.cell(to.row(), to.column());
    const auto& legs = m_context.staged.legs();
    for (std::size_t index = 0; old && target && index < legs.size(); ++index) {
        if (legs[index].symbol != old->symbol)
            continue;
        const auto terms = market::parseOccSymbol(target->symbol);
        if (!terms)
            return;
        StagedLeg leg = legs[index];
        leg.symbol = target->symbol;
        leg.option = *terms;
        leg.isClosing = target->position * leg.quantity < 0;
        m_context.staged.replace(index, leg);
        return;
    }
}

void OptionChainPanel::stepExpiration(int step)
{
    const std::size_t count = m_expirations->count(), selected = m_expirations->selected();
    if (count == 0 || (step < 0 && selected == 0) || (step > 0 && selected + 1 >= count))
        return;
    const std::size_t next = step < 0 ? selected - 1 : selected + 1;
    m_expirations->setSelected(next);
    m_context.desk.selectExpiration(next);
}

void OptionChainPanel::changeEvent(QEvent* event)
{
    Panel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        m_table->themeChanged();
}

} // namespace vegadesk::ui
