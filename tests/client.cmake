# What the tests of libcript and of the command line need besides their own sources.

# An HTTP server inside a test, for those that speak with one.
add_library(fake_http_server STATIC ${CMAKE_CURRENT_LIST_DIR}/fake/http_server.cpp
                                    ${CMAKE_CURRENT_LIST_DIR}/fake/file_server.cpp)
target_include_directories(fake_http_server PUBLIC ${CMAKE_CURRENT_LIST_DIR})
target_link_libraries(fake_http_server PUBLIC cript_crypto)
target_link_libraries(unit_client PRIVATE fake_http_server)
target_link_libraries(unit_cli PRIVATE fake_http_server)

set(consumer_flags "")
if(CRIPT_SANITIZE)
  set(consumer_flags "-fsanitize=${CRIPT_SANITIZE}") # the archive needs its run time
endif()
add_test(NAME libcript_package
         COMMAND ${CMAKE_COMMAND} -DBUILD=${CMAKE_BINARY_DIR} -DCOMPILER=${CMAKE_CXX_COMPILER} -DFLAGS=${consumer_flags}
                 -DWORK=${CMAKE_BINARY_DIR}/libcript_package -P
                 ${CMAKE_SOURCE_DIR}/tests/conformance/libcript_package/run.cmake)
set_tests_properties(libcript_package PROPERTIES TIMEOUT 300)

# Reads and saves a project through typed nodes; run by tests/conformance.
add_executable(typed_round_trip ${CMAKE_SOURCE_DIR}/tests/conformance/typed_round_trip.cpp)
target_link_libraries(typed_round_trip PRIVATE libcript)
