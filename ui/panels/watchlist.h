#pragma once

#include "ui/models/watch_model.h"
#include "ui/panels/panel.h"

class QLineEdit;
class QTableView;

namespace vegadesk::ui
{

class WatchDelegate;

/// The symbols the user follows. Choosing one shows its chain; Del takes it off, Ctrl+Up and Ctrl+Down move it.
class WatchlistPanel : public Panel
{
    Q_OBJECT

public:
    explicit WatchlistPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    /// What refresh() does with the desk's latest prices; `shown` is the underlying of the chain.
    void show(std::shared_ptr<const desk::WatchView> view, const QString& shown);
    using QWidget::show;

    /// Puts `text` on the list if it can be a symbol, and chooses it. Says why not otherwise.
    bool add(const QString& text);
    void removeCurrent();
    void editNew(); ///< puts the cursor where a symbol is added

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void setSymbols(const QStringList& symbols);
    void moveCurrent(int step);
    void choose(const QModelIndex& index);
    void showMenu(const QPoint& at);
    void themeChanged();

    PanelContext m_context;
    WatchModel m_model;
    WatchDelegate* m_delegate;
    QTableView* m_view;
    QLineEdit* m_new;
    QString m_shown;
};

} // namespace vegadesk::ui
