# What `cmake --install` leaves on a machine: libcript as a package for find_package(cript) (component sdk), and the
# command cript with its man page and completions (component cli).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# One archive that links by itself: the objects of every layer libcript stands on. Logging stays out; no layer below the
# client uses it, and with it goes the dependency on spdlog. Of cryptography only what digests files comes along.
add_library(libcript STATIC $<FILTER:$<TARGET_OBJECTS:cript_base>,EXCLUDE,/log\\.cpp\\.o$> $<TARGET_OBJECTS:cript_model>
                            $<FILTER:$<TARGET_OBJECTS:cript_crypto>,INCLUDE,/hasher\\.cpp\\.o$>
                            $<TARGET_OBJECTS:cript_model_tables> $<TARGET_OBJECTS:cript_client>)
add_library(cript::cript ALIAS libcript)
set_target_properties(libcript PROPERTIES OUTPUT_NAME cript EXPORT_NAME cript LINKER_LANGUAGE CXX)
target_compile_features(libcript INTERFACE cxx_std_17)
target_include_directories(
  libcript INTERFACE $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/include> $<BUILD_INTERFACE:${CMAKE_BINARY_DIR}/generated>
                     $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(libcript PUBLIC CURL::libcurl OpenSSL::Crypto fmt::fmt simdjson::simdjson Threads::Threads)

install(TARGETS libcript EXPORT cript ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT sdk)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/include/cript ${CMAKE_BINARY_DIR}/generated/cript
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT sdk FILES_MATCHING PATTERN "*.hpp")
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/cript)
install(EXPORT cript NAMESPACE cript:: FILE criptTargets.cmake DESTINATION ${package_folder} COMPONENT sdk)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/criptConfig.cmake.in ${CMAKE_BINARY_DIR}/criptConfig.cmake
                              INSTALL_DESTINATION ${package_folder})
# Before 1.0 every minor version may change the interface.
write_basic_package_version_file(${CMAKE_BINARY_DIR}/criptConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/criptConfig.cmake ${CMAKE_BINARY_DIR}/criptConfigVersion.cmake
        DESTINATION ${package_folder} COMPONENT sdk)

install(TARGETS cript RUNTIME COMPONENT cli)
install(FILES ${CMAKE_SOURCE_DIR}/docs/man/cript.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT cli)
set(completions ${CMAKE_BINARY_DIR}/completions)
add_custom_command(
  OUTPUT ${completions}/cript ${completions}/_cript ${completions}/cript.fish
  COMMAND ${CMAKE_COMMAND} -E make_directory ${completions}
  COMMAND cript completion bash > ${completions}/cript
  COMMAND cript completion zsh > ${completions}/_cript
  COMMAND cript completion fish > ${completions}/cript.fish
  DEPENDS cript
  COMMENT "Writing completions of the command cript"
  VERBATIM)
add_custom_target(cript_completions ALL DEPENDS ${completions}/cript ${completions}/_cript ${completions}/cript.fish)
install(FILES ${completions}/cript DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT cli)
install(FILES ${completions}/_cript DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT cli)
install(FILES ${completions}/cript.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT cli)

# The server with its built pages beside it, as find_web_folder() looks for them.
install(TARGETS criptd RUNTIME COMPONENT server)
install(DIRECTORY ${CMAKE_BINARY_DIR}/share/opencript/web/ DESTINATION ${CMAKE_INSTALL_DATADIR}/opencript/web
        COMPONENT server OPTIONAL)
