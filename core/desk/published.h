#pragma once

#include <atomic>
#include <memory>

namespace vegadesk::desk
{

/// The newest immutable view: one thread stores, any thread loads; never null.
template<class View>
class Published
{
public:
    Published() : m_view(std::make_shared<const View>()) {}
    std::shared_ptr<const View> load() const { return m_view.load(std::memory_order_acquire); }
    void store(std::shared_ptr<const View> view) { m_view.store(std::move(view), std::memory_order_release); }

private:
    std::atomic<std::shared_ptr<const View>> m_view;
};

} // namespace vegadesk::desk
