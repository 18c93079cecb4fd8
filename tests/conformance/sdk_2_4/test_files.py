"""Local files through the SDK and boto3, both as published: they are told where the server is by AWS_ENDPOINT_URL alone."""

import concurrent.futures
import hashlib
import os
import pathlib
import random
import tempfile

import boto3
import cript
import requests
from boto3.s3.transfer import TransferConfig
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from sdk import SdkTest, data, forget, project_with

MIB = 1 << 20
BUCKET = cript.API._BUCKET_NAME
LOGIN = cript.API._COGNITO_LOGIN_PROVIDER
POOL = cript.API._IDENTITY_POOL_ID

for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]
os.environ.update(AWS_EC2_METADATA_DISABLED="true", AWS_CONFIG_FILE="/dev/null", AWS_SHARED_CREDENTIALS_FILE="/dev/null")


def content(size, seed=0):
    return random.Random(seed).randbytes(size)


class FilesTest(SdkTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.endpoint = f"http://{cls.server.address}/storage"
        os.environ["AWS_ENDPOINT_URL"] = cls.endpoint
        cls.other = cls.server.add_user("bob")

    def write(self, name, size, seed=0):
        path = self.folder / name
        path.write_bytes(content(size, seed))
        return path

    def credentials(self, token=None, endpoint=None):
        identity = boto3.client("cognito-identity", region_name="us-east-1", endpoint_url=endpoint or self.endpoint)
        logins = {LOGIN: token or self.user.token}
        found = identity.get_id(IdentityPoolId=POOL, Logins=logins)
        return identity.get_credentials_for_identity(IdentityId=found["IdentityId"], Logins=logins)["Credentials"]

    def s3(self, token=None, endpoint=None):
        keys = self.credentials(token, endpoint)
        return boto3.client(
            "s3",
            region_name="us-east-1",
            endpoint_url=endpoint or self.endpoint,
            aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretKey"],
            aws_session_token=keys["SessionToken"],
            config=Config(retries={"total_max_attempts": 1}, max_pool_connections=20),
        )

    def assert_refused(self, code, call, **arguments):
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        self.assertEqual(caught.exception.response["Error"]["Code"], code, caught.exception)

    def blobs(self):
        return self.server.contents()

    def spools(self):
        return self.server.spools()


class ThroughTheSdk(FilesTest):
    def saved_with(self, *paths):
        files = [cript.File(name=path.name, source=str(path), type="data", extension=path.suffix) for path in paths]
        project = project_with(experiment={}, material=())
        project.collection[0].experiment[0].data = [data(f"of {file.name}", file=[file]) for file in files]
        self.api.save(project)
        return project, files

    def test_four_local_files_one_in_parts_come_back_byte_for_byte(self):
        sizes = {"empty.csv": 0, "small é.txt": 1_000, "one mebibyte.bin": MIB, "in parts.bin": 20 * MIB + 12_345}
        paths = [self.write(name, size, seed) for seed, (name, size) in enumerate(sizes.items())]
        project, files = self.saved_with(*paths)
        for file in files:
            self.assertTrue(file.source.startswith("python_sdk_files/"), file.source)
        back = self.read_again(project)
        loaded = {file.name: file for item in back.collection[0].experiment[0].data for file in item.file}
        self.assertEqual(set(loaded), set(sizes))
        for path in paths:
            with self.subTest(path.name):
                target = self.folder / f"back of {path.stem}"
                self.api.download_file(file_source=loaded[path.name].source, destination_path=str(target))
                self.assertEqual(target.read_bytes(), path.read_bytes())

    def test_saving_again_uploads_nothing(self):
        project, (file,) = self.saved_with(self.write("once.csv", 2_000, 50))
        source, blobs = file.source, self.blobs()
        self.api.save(project)
        self.assertEqual((file.source, self.blobs()), (source, blobs))

    def test_a_file_can_be_read_by_token_and_by_a_signed_address(self):
        path = self.write("shared.csv", 5_000, 60)
        _, (file,) = self.saved_with(path)
        base = f"http://{self.server.address}/api/v1/file/{file.uuid}"
        headers = {"Authorization": self.user.token}
        by_token = requests.get(f"{base}/content", headers=headers, timeout=60)
        self.assertEqual(by_token.content, path.read_bytes())
        self.assertEqual(by_token.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(by_token.headers["Content-Security-Policy"], "sandbox; default-src 'none'")
        self.assertTrue(by_token.headers["Content-Disposition"].startswith("attachment"))
        part = requests.get(f"{base}/content", headers={**headers, "Range": "bytes=100-199"}, timeout=60)
        self.assertEqual((part.status_code, part.content), (206, path.read_bytes()[100:200]))
        signed = requests.get(f"{base}/url", headers=headers, timeout=60).json()["data"]
        self.assertEqual(signed["sha256"], hashlib.sha256(path.read_bytes()).hexdigest())
        self.assertEqual(requests.get(signed["url"], timeout=60).content, path.read_bytes())
        self.assertEqual(requests.put(signed["url"], data=b"other", timeout=60).status_code, 403)
        self.assertEqual(requests.get(f"{base}/content", timeout=60).status_code, 401)
        stranger = {"Authorization": self.other.token}
        self.assertEqual(requests.get(f"{base}/content", headers=stranger, timeout=60).status_code, 404)
        self.assertEqual(requests.get(f"{base}/url", headers=stranger, timeout=60).status_code, 404)

    def test_a_file_cannot_name_what_somebody_else_stored(self):
        _, (file,) = self.saved_with(self.write("mine.csv", 3_000, 70))
        source = file.source
        document = {"node": ["File"], "name": "stolen", "source": source, "type": "data", "extension": ".csv"}
        answer = self.server.ask("POST", "/api/v1/file/", document, token=self.other.token)
        self.assertEqual(answer.status, 403, answer)
        self.assertEqual(answer.json["errors"][0]["pointer"], "/source")
        again = self.server.ask("POST", "/api/v1/file/", document, token=self.user.token)
        self.assertEqual(again.status, 200, again)

    def test_a_wrong_storage_token_stores_nothing(self):
        path = self.write("refused.csv", 1_000, 80)
        before = self.blobs()
        with cript.API(f"http://{self.server.address}", self.user.token, "Token " + "0" * 40) as api:
            with self.assertRaises(Exception) as caught:
                api.upload_file(str(path))
        self.assertIn("NotAuthorizedException", str(caught.exception))
        self.assertEqual(self.blobs(), before)
        forget()


class ThroughBoto(FilesTest):
    def test_an_object_comes_back_in_full_and_in_ranges(self):
        for endpoint in (self.endpoint, f"http://{self.server.address}"):
            with self.subTest(endpoint):
                s3, body, key = self.s3(endpoint=endpoint), content(100_000, 1), f"ranges {len(endpoint)}/ü+&=.bin"
                put = s3.put_object(Bucket=BUCKET, Key=key, Body=body, ContentType="text/plain")
                self.assertEqual(put["ETag"], f'"{hashlib.md5(body).hexdigest()}"')
                head = s3.head_object(Bucket=BUCKET, Key=key)
                self.assertEqual((head["ContentLength"], head["ContentType"]), (100_000, "text/plain"))
                self.assertEqual(s3.get_object(Bucket=BUCKET, Key=key)["Body"].read(), body)
                for text, expected in {"bytes=5-9": body[5:10], "bytes=-7": body[-7:], "bytes=99990-": body[99990:]}.items():
                    part = s3.get_object(Bucket=BUCKET, Key=key, Range=text)
                    self.assertEqual(part["Body"].read(), expected)
                self.assert_refused("InvalidRange", s3.get_object, Bucket=BUCKET, Key=key, Range="bytes=100000-")
                self.assert_refused("PreconditionFailed", s3.get_object, Bucket=BUCKET, Key=key, IfMatch='"other"')

    def test_a_missing_key_is_404(self):
        s3 = self.s3()
        self.assert_refused("404", s3.head_object, Bucket=BUCKET, Key="nothing")
        self.assert_refused("NoSuchKey", s3.get_object, Bucket=BUCKET, Key="nothing")

    def test_a_key_is_written_once_and_belongs_to_its_writer(self):
        s3, stranger = self.s3(), self.s3(self.other.token)
        s3.put_object(Bucket=BUCKET, Key="taken", Body=b"content")
        s3.put_object(Bucket=BUCKET, Key="taken", Body=b"content")
        self.assert_refused("KeyAlreadyTaken", s3.put_object, Bucket=BUCKET, Key="taken", Body=b"other")
        self.assert_refused("KeyAlreadyTaken", stranger.put_object, Bucket=BUCKET, Key="taken", Body=b"content")
        self.assert_refused("NoSuchKey", stranger.get_object, Bucket=BUCKET, Key="taken")
        self.assertEqual(s3.get_object(Bucket=BUCKET, Key="taken")["Body"].read(), b"content")

    def test_what_the_server_does_not_do_does_not_pass_for_done(self):
        s3 = self.s3()
        s3.put_object(Bucket=BUCKET, Key="original", Body=b"content")
        named = {"Bucket": BUCKET, "Key": "copy"}
        self.assert_refused("NotImplemented", s3.copy_object, **named, CopySource=f"{BUCKET}/original")
        self.assert_refused("NotImplemented", s3.put_object, **named, Body=b"x", Metadata={"sample": "A"})
        self.assert_refused("NotImplemented", s3.put_object, **named, Body=b"x", Tagging="a=b")
        self.assert_refused("NotImplemented", s3.put_object_tagging, **named, Tagging={"TagSet": []})
        self.assert_refused("NotImplemented", s3.put_object_acl, **named, ACL="private")
        self.assert_refused("NotImplemented", s3.get_object_tagging, Bucket=BUCKET, Key="original")
        upload = s3.create_multipart_upload(**named)["UploadId"]
        part = {**named, "UploadId": upload, "PartNumber": 1}
        self.assert_refused("NotImplemented", s3.upload_part_copy, **part, CopySource=f"{BUCKET}/original")
        self.assert_refused("404", s3.head_object, **named)
        s3.put_object(**named, Body=b"the name is free")

    def test_parts_in_any_order_become_one_object(self):
        s3, parts = self.s3(), [content(6 * MIB, 11), content(5 * MIB, 12), content(100, 13)]
        upload = s3.create_multipart_upload(Bucket=BUCKET, Key="parts")["UploadId"]
        named = {"Bucket": BUCKET, "Key": "parts", "UploadId": upload}
        tags = {}
        for number in (3, 1, 2):
            tags[number] = s3.upload_part(**named, PartNumber=number, Body=parts[number - 1])["ETag"]
        s3.upload_part(**named, PartNumber=3, Body=b"replaced")
        tags[3] = s3.upload_part(**named, PartNumber=3, Body=parts[2])["ETag"]
        listed = s3.list_parts(**named)["Parts"]
        self.assertEqual([(part["PartNumber"], part["Size"]) for part in listed], [(1, 6 * MIB), (2, 5 * MIB), (3, 100)])
        chosen = [{"PartNumber": number, "ETag": tags[number]} for number in (1, 2, 3)]
        done = s3.complete_multipart_upload(**named, MultipartUpload={"Parts": chosen})
        digest = hashlib.md5(b"".join(hashlib.md5(part).digest() for part in parts)).hexdigest()
        self.assertEqual(done["ETag"], f'"{digest}-3"')
        self.assertEqual(s3.get_object(Bucket=BUCKET, Key="parts")["Body"].read(), b"".join(parts))
        self.assert_refused("NoSuchUpload", s3.list_parts, **named)

    def test_parts_that_are_wrong_are_refused(self):
        s3 = self.s3()
        upload = s3.create_multipart_upload(Bucket=BUCKET, Key="wrong parts")["UploadId"]
        named = {"Bucket": BUCKET, "Key": "wrong parts", "UploadId": upload}
        tag = s3.upload_part(**named, PartNumber=1, Body=b"one")["ETag"]
        s3.upload_part(**named, PartNumber=2, Body=b"two")

        def complete(*parts):
            listed = [{"PartNumber": number, "ETag": etag} for number, etag in parts]
            s3.complete_multipart_upload(**named, MultipartUpload={"Parts": listed})

        other = f'"{hashlib.md5(b"two").hexdigest()}"'
        for parts in ([(1, other)], [(7, tag)], [(10_001, tag)], []):
            with self.subTest(parts):
                self.assert_refused("InvalidPart", lambda parts=parts: complete(*parts))
        self.assert_refused("InvalidPartOrder", lambda: complete((2, other), (1, tag)))
        for number in (0, 10_001):
            self.assert_refused("InvalidPart", s3.upload_part, **named, PartNumber=number, Body=b"x")
        stranger = self.s3(self.other.token)
        self.assert_refused("NoSuchUpload", stranger.upload_part, **named, PartNumber=1, Body=b"x")
        s3.abort_multipart_upload(**named)
        self.assert_refused("NoSuchUpload", s3.upload_part, **named, PartNumber=1, Body=b"x")
        self.assert_refused("NoSuchUpload", s3.abort_multipart_upload, **named)

    def test_a_hundred_uploads_of_one_file_at_once_store_one_blob(self):
        s3, path, before = self.s3(), self.write("the same.bin", 300_000, 21), set(self.blobs())
        with concurrent.futures.ThreadPoolExecutor(20) as pool:
            done = [pool.submit(s3.upload_file, str(path), BUCKET, f"same/{number}") for number in range(100)]
            for upload in done:
                upload.result()
        self.assertEqual(set(self.blobs()) - before, {hashlib.sha256(path.read_bytes()).hexdigest()})
        self.assertEqual(self.spools(), [])
        for number in (0, 50, 99):
            self.assertEqual(s3.get_object(Bucket=BUCKET, Key=f"same/{number}")["Body"].read(), path.read_bytes())

    def test_keys_die_with_the_token_they_came_from(self):
        user = self.server.add_user("carol")
        s3 = self.s3(user.token)
        s3.put_object(Bucket=BUCKET, Key="carols", Body=b"content")
        upload = s3.create_multipart_upload(Bucket=BUCKET, Key="carols parts")["UploadId"]
        token = self.server.regenerate_token_of("carol")
        self.assert_refused("InvalidAccessKeyId", s3.get_object, Bucket=BUCKET, Key="carols")
        again = self.s3(token)
        self.assertEqual(again.get_object(Bucket=BUCKET, Key="carols")["Body"].read(), b"content")
        named = {"Bucket": BUCKET, "Key": "carols parts", "UploadId": upload}
        self.assert_refused("NoSuchUpload", again.upload_part, **named, PartNumber=1, Body=b"x")

    def test_what_an_account_may_keep_is_limited(self):
        user = self.server.add_user("dora")
        s3 = self.s3(user.token)
        s3.put_object(Bucket=BUCKET, Key="doras", Body=b"12345678")
        use = self.server.ask("GET", "/api/v1/account/storage", token=user.token).data
        self.assertEqual(use, {"used": 8, "quota": 50 << 30})

    def test_large_transfers_in_threads(self):
        s3, path, back = self.s3(), self.write("large.bin", 33 * MIB + 7, 22), self.folder / "large back.bin"
        config = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB, max_concurrency=8)
        s3.upload_file(str(path), BUCKET, "large", Config=config)
        s3.download_file(BUCKET, "large", str(back), Config=config)
        self.assertEqual(back.read_bytes(), path.read_bytes())


class Refusals(FilesTest):
    """One thing wrong with an otherwise good request, each by itself."""

    def setUp(self):
        super().setUp()
        keys = self.credentials()
        self.keys = Credentials(keys["AccessKeyId"], keys["SecretKey"], keys["SessionToken"])
        self.url = f"{self.endpoint}/{BUCKET}/refused"

    def signed(self, method="PUT", body=b"content", keys=None, url=None, headers=()):
        request = AWSRequest(method=method, url=url or self.url, data=body, headers={"Content-Type": "text/plain", **dict(headers)})
        S3SigV4Auth(keys or self.keys, "s3", "us-east-1").add_auth(request)
        return request

    def send(self, request, body=None):
        prepared = request.prepare()
        answer = requests.request(
            prepared.method, prepared.url, data=prepared.body if body is None else body, headers=dict(prepared.headers), timeout=60
        )
        code = answer.text.partition("<Code>")[2].partition("</Code>")[0]
        return answer.status_code, code

    def test_a_good_one_is_taken(self):
        self.assertEqual(self.send(self.signed()), (200, ""))

    def test_one_changed_digit_of_the_signature(self):
        request = self.signed()
        value = request.headers["Authorization"]
        request.headers.replace_header("Authorization", value[:-1] + ("0" if value[-1] != "0" else "1"))
        self.assertEqual(self.send(request), (403, "SignatureDoesNotMatch"))

    def test_one_changed_bit_of_the_body(self):
        self.assertEqual(self.send(self.signed(), b"cnntent"), (400, "XAmzContentSHA256Mismatch"))

    def test_one_changed_character_of_each_signed_header(self):
        names = self.signed().headers["Authorization"].partition("SignedHeaders=")[2].partition(",")[0].split(";")
        self.assertLessEqual({"host", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token", "content-type"}, set(names))
        for name in names:
            with self.subTest(name):
                request = self.signed()
                value = request.headers.get(name) or self.server.address
                changed = value[:-2] + chr(ord(value[-2]) ^ 1) + value[-1]
                if name in request.headers:
                    request.headers.replace_header(name, changed)
                else:
                    request.headers[name] = changed
                status, code = self.send(request)
                self.assertIn(status, (400, 403), code)
                self.assertNotEqual(code, "")

    def test_a_header_of_amazons_that_is_not_signed(self):
        request = self.signed()
        request.headers["x-amz-meta-more"] = "1"
        self.assertEqual(self.send(request), (403, "SignatureDoesNotMatch"))

    def test_another_path_method_or_query(self):
        for change in ({"url": self.url + "2"}, {"method": "DELETE"}, {"url": self.url + "?x=1"}):
            with self.subTest(change):
                request = self.signed(**change)
                request.url, request.method = self.url, "PUT"
                self.assertEqual(self.send(request), (403, "SignatureDoesNotMatch"))

    def test_another_secret(self):
        keys = Credentials(self.keys.access_key, "another" + self.keys.secret_key, self.keys.token)
        self.assertEqual(self.send(self.signed(keys=keys)), (403, "SignatureDoesNotMatch"))

    def test_keys_that_were_not_given_here(self):
        changed = self.keys.token[:-3] + ("A" if self.keys.token[-3] != "A" else "B") + self.keys.token[-2:]
        for keys in (
            Credentials("ASIAOTHER", self.keys.secret_key, self.keys.token),
            Credentials(self.keys.access_key, self.keys.secret_key, changed),
            Credentials(self.keys.access_key, self.keys.secret_key, "1.1.0.1.1.99999999999999999.x.y"),
            Credentials(self.keys.access_key, self.keys.secret_key),
        ):
            with self.subTest(keys.token):
                self.assertEqual(self.send(self.signed(keys=keys)), (403, "InvalidAccessKeyId"))

    def test_a_request_that_is_not_signed(self):
        answer = requests.get(self.url, timeout=60)
        self.assertEqual((answer.status_code, "AccessDenied" in answer.text), (403, True))
        answer = requests.put(self.url, data=b"content", headers={"Authorization": self.user.token}, timeout=60)
        self.assertEqual(answer.status_code, 400)

    def test_checksums_that_do_not_match(self):
        wrong = {"Content-MD5": "XUFAKrxLKna5cZ2REBfFkg==", "x-amz-checksum-crc32": "AAAAAA==", "x-amz-checksum-crc32c": "AAAAAA=="}
        for name, value in wrong.items():
            with self.subTest(name):
                self.assertEqual(self.send(self.signed(headers={name: value})), (400, "BadDigest"))
        answer = self.send(self.signed(headers={"x-amz-checksum-crc64nvme": "AAAAAAAAAAA="}))
        self.assertEqual(answer, (400, "InvalidArgument"))

    def test_a_signed_address_that_is_too_long_lived(self):
        request = AWSRequest(method="GET", url=self.url)
        S3SigV4QueryAuth(self.keys, "s3", "us-east-1", expires=3_600).add_auth(request)
        self.assertEqual(self.send(request), (400, "AuthorizationQueryParametersError"))

    def test_nothing_is_left_of_what_was_refused(self):
        before = self.blobs()
        self.send(self.signed(), b"cnntent")
        self.send(self.signed(headers={"Content-MD5": "XUFAKrxLKna5cZ2REBfFkg=="}))
        self.assertEqual((self.blobs(), self.spools()), (before, []))

    def test_unknown_calls(self):
        self.assertEqual(self.send(self.signed(method="DELETE", body=b"")), (501, "NotImplemented"))
        cognito = requests.post(self.endpoint, headers={"X-Amz-Target": "AWSCognitoIdentityService.Other"}, data="{}", timeout=60)
        self.assertEqual((cognito.status_code, cognito.json()["__type"]), (400, "UnknownOperationException"))
        self.assertEqual(requests.post(f"http://{self.server.address}/", data="{}", timeout=60).status_code, 404)
