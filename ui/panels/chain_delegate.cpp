#include "ui/panels/chain_delegate.h"

#include "ui/models/chain_model.h"
#include "ui/theme/format.h"

#include <QPainter>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int padding = 8, markGap = 3;
constexpr float strongestFlash = 0.08F;

bool isPrice(ChainField field)
{
    return field == ChainField::Bid || field == ChainField::Ask || field == ChainField::Mark ||
           field == ChainField::Last;
}
} // namespace

ChainDelegate::ChainDelegate(const Theme& theme, const StagedOrder& staged, QObject* parent)
    : QAbstractItemDelegate(parent), m_theme(theme), m_staged(staged)
{
    themeChanged();
}

void ChainDelegate::themeChanged()
{
    m_body = m_theme.bodyFont();
    m_strong = m_theme.strongFont();
    m_label = m_theme.labelFont();
    m_text = m_theme.color(Role::Text);
    m_dim = m_theme.color(Role::Dim);
    m_faint = m_theme.color(Role::Faint);
    m_accent = m_theme.color(Role::Accent);
    m_selection = m_theme.color(Role::Selection);
    m_raised = m_theme.color(Role::Raised);
    m_panel = m_theme.color(Role::Panel);
    m_inTheMoney = m_theme.color(Role::InTheMoney);
    m_gain = m_theme.color(Role::Gain);
    m_loss = m_theme.color(Role::Loss);
    m_warning = m_theme.color(Role::Warning);
    for (std::size_t step = 0; step < m_flash.size(); ++step) {
        m_flash[step] = m_accent;
        // In a busy market most prices flash at once: together they must stay a shimmer, not a block of colour.
        m_flash[step].setAlphaF(strongestFlash * static_cast<float>(step + 1) / static_cast<float>(m_flash.size()));
    }
    const QFontMetricsF metrics(m_body);
    m_baseline = std::round((m_theme.rowHeight() - metrics.height()) / 2 + metrics.ascent());
}

int ChainDelegate::strikeWidth() const
{
    return static_cast<int>(std::ceil(QFontMetricsF(m_strong).horizontalAdvance(QStringLiteral("8888")) +
                                      2 * QFontMetricsF(m_label).horizontalAdvance(QStringLiteral("+8")))) +
           4 * markGap + 2;
}

QSize ChainDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    Q_UNUSED(option)
    const auto* const model = static_cast<const ChainModel*>(index.model());
    const QFontMetricsF metrics(index.column() == ChainModel::strikeColumn ? m_strong : m_body);
    const double width = metrics.horizontalAdvance(model->text(index.row(), index.column()));
    return {static_cast<int>(std::ceil(width)) + 2 * padding, m_theme.rowHeight()};
}

void ChainDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* const model = static_cast<const ChainModel*>(index.model());
    const int row = index.row(), column = index.column();
    const QRect rect = option.rect;
    const auto field = ChainModel::fieldOf(column);
    const QString text = model->text(row, column);

    const auto drawRight = [&](const QString& what, const QFont& font, double right) {
        painter->setFont(font);
        const double width = QFontMetricsF(font).horizontalAdvance(what);
        painter->drawText(QPointF(right - width, rect.top() + m_baseline), what);
    };

    if (!field) {
        painter->fillRect(rect, m_raised);
        painter->setPen(m_text);
        const double width = QFontMetricsF(m_strong).horizontalAdvance(text);
        drawRight(text, m_strong, rect.left() + (rect.width() + width) / 2);
        // What the account holds of this strike stands on its side of the number.
        for (const bool isCall : {true, false}) {
            const std::int64_t held = isCall ? model->row(row).call.position : model->row(row).put.position;
            if (held == 0)
                continue;
            const QColor colour = held > 0 ? m_gain : m_loss;
            const QString size = signedNumber(static_cast<double>(held), 0);
            const double advance = QFontMetricsF(m_label).horizontalAdvance(size);
            if (advance + 2 * markGap > (rect.width() - width) / 2) { // the tooltip says how many
                painter->fillRect(QRect(isCall ? rect.left() : rect.right() - 2, rect.top() + 3, 3, rect.height() - 6),
                                  colour);
                continue;
            }
            painter->setPen(colour);
            drawRight(size, m_label, isCall ? rect.left() + markGap + advance : rect.right() + 1 - markGap);
        }
    } else {
        const desk::ChainCell& cell = *model->cell(row, column);
        const auto side = *ChainModel::sideOf(column);
        const std::int64_t staged =
            *field == ChainField::Bid || *field == ChainField::Ask ? m_staged.quantityOf(cell.symbol) : 0;
        const bool isStaged = (staged < 0 && *field == ChainField::Bid) || (staged > 0 && *field == ChainField::Ask);
        painter->fillRect(rect, model->isInTheMoney(row, side) ? m_inTheMoney : m_panel);
        if (const int step = model->flash(row, column); step > 0)
            painter->fillRect(rect, m_flash[static_cast<std::size_t>(step - 1)]);
        if (isStaged) {
            painter->fillRect(rect, m_selection);
            painter->setPen(m_accent);
            painter->drawRect(rect.adjusted(0, 0, -1, -1));
            if (std::abs(staged) > 1) {
                const QString size = QChar(0x00D7) + number(static_cast<double>(std::abs(staged)), 0);
                drawRight(size, m_label, rect.left() + 4 + QFontMetricsF(m_label).horizontalAdvance(size));
            }
        }
        // A zero bid is a fact, a locked quote too: only what cannot be traded is faint.
        const bool isDoubtful = !market::isTradable(cell.flags) || (cell.isSmileInterpolated && !isPrice(*field));
        const bool disagrees = *field == ChainField::Theo && (cell.isTheoOutside || cell.isTheoDisputed);
        painter->setPen(disagrees ? m_warning : isDoubtful ? m_faint : isPrice(*field) ? m_text : m_dim);
        drawRight(text, m_body, rect.right() + 1 - padding);
    }

    if (model->moneyRow() == row)
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), m_accent);
    const bool isDrop = m_dropTarget.isValid() && m_dropTarget == index;
    if (isDrop || ((option.state & QStyle::State_HasFocus) != 0)) {
        painter->setPen(QPen(isDrop ? m_accent : m_faint, 1, isDrop ? Qt::DashLine : Qt::SolidLine));
        painter->drawRect(rect.adjusted(0, 0, -1, -1));
    }
}

} // namespace vegadesk::ui
