# One folder under src/ is one target, and the targets it links are the arrows it may use.
# The table is held against `#include`s and link lists by tools/check_layers.py.
#
#   cript_layer(store USES account search LINKS SQLite::SQLite3)
function(cript_layer name)
  cmake_parse_arguments(LAYER "" "" "USES;LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$") # entry points belong to their program
  if(sources)
    add_library(cript_${name} STATIC ${sources})
    set(scope PUBLIC)
    target_precompile_headers(cript_${name} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled.hpp)
  else()
    add_library(cript_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(cript_${name} ${scope} ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)
  foreach(used ${LAYER_USES})
    target_link_libraries(cript_${name} ${scope} cript_${used})
  endforeach()
  target_link_libraries(cript_${name} ${scope} ${LAYER_LINKS})
endfunction()
