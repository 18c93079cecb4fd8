#pragma once

#include <optional>
#include <span>

#include "blob/s3/s3_settings.hpp"
#include "blob/s3/xml_element.hpp"
#include "crypto/digest.hpp"

namespace cript::blob {

/// The requests of Amazon's S3 API reference that the store makes. Objects are named below the prefix.
///
/// Errors of all: Unavailable if the server is not reached, fails, or answers what cannot be understood;
/// NotFound for what is not there; Forbidden for keys, rights or a clock that the server does not accept;
/// InvalidInput for what is set up wrongly, such as a certificate that is not trusted. The messages are for
/// people who run the server.
class Bucket {
  public:
    Bucket(S3Place place, const S3Settings& settings, outbound::Signer signer, const base::Clock& clock,
           outbound::Retries retries);

    /// Does the bucket answer to our keys? Asked once, and for seconds only.
    [[nodiscard]] base::Result<void> look();
    /// The length of an object, if there is one.
    [[nodiscard]] base::Result<std::optional<std::uint64_t>> length_of(const std::string& name);
    /// `count` bytes from `offset` on, all of which the object has.
    [[nodiscard]] base::Result<std::string> read(const std::string& name, std::uint64_t offset,
                                                 std::uint64_t count);
    [[nodiscard]] base::Result<void> put(const std::string& name, outbound::FilePart part,
                                         const crypto::Digest& sha256);
    /// Success also if it is not there. Asked once: see S3Store::remove.
    [[nodiscard]] base::Result<void> remove(const std::string& name);

    // Objects in parts.
    /// Gives the id of the upload.
    [[nodiscard]] base::Result<std::string> begin_upload(const std::string& name);
    /// Gives the entity tag of the part.
    [[nodiscard]] base::Result<std::string> put_part(const std::string& name, const std::string& upload,
                                                     unsigned number, outbound::FilePart part,
                                                     const crypto::Digest& sha256);
    [[nodiscard]] base::Result<void> complete(const std::string& name, const std::string& upload,
                                              std::span<const std::string> tags);
    [[nodiscard]] base::Result<void> abort(const std::string& name, const std::string& upload);
    struct Upload {
        std::string name;
        std::string id;
        std::string begun;  ///< `2013-05-24T00:00:00.000Z`
    };
    /// Uploads that were neither completed nor aborted, of names with that beginning: the first thousand or
    /// so.
    [[nodiscard]] base::Result<std::vector<Upload>> uploads(std::string_view begin);

    [[nodiscard]] const S3Place& place() const { return place_; }

    /// All requests from now on, and those under way, end with Unavailable.
    void end() { client_.end(); }
    [[nodiscard]] bool is_ended() const { return client_.is_ended(); }

  private:
    [[nodiscard]] std::string path_of(const std::string& name) const {
        return place_.path_of(place_.prefix + name);
    }
    [[nodiscard]] base::Result<outbound::Answer> ask(const outbound::Request& request,
                                                     std::string_view payload_hash);
    [[nodiscard]] base::Result<XmlElement> ask_for_xml(const outbound::Request& request,
                                                       std::string_view root);

    const S3Place place_;
    outbound::SignedClient client_;
};

}  // namespace cript::blob
