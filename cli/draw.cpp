#include "cli/draw.h"

#include <dlfcn.h>

#include <filesystem>

namespace proviso::cli {

std::optional<std::string> Draw(const std::string& dot) {
  // Linked, Graphviz and what it needs would make every start slower.
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  void* const library = dlopen((program.parent_path() / "proviso_draw.so").c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return std::nullopt;
  using DrawSvg = bool (*)(const char* dot, void* to, void (*write)(void* to, const char* data, std::size_t size));
  const auto draw = reinterpret_cast<DrawSvg>(dlsym(library, "ProvisoDrawSvg"));
  std::string svg;
  const auto write = [](void* to, const char* data, std::size_t size) {
    static_cast<std::string*>(to)->append(data, size);
  };
  if (draw == nullptr || !draw(dot.c_str(), &svg, write)) return std::nullopt;
  return svg;
}

}  // namespace proviso::cli
