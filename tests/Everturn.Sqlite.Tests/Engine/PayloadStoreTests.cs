using Everturn.Sqlite.Engine;
using Everturn.Storage;

namespace Everturn.Sqlite.Tests.Engine;

public sealed class PayloadStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly BlobDirectory _blobs;

    public PayloadStoreTests() => _blobs = new BlobDirectory(_directory.File("blobs"), TimeProvider.System, null);

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(50_000)]
    public void Content_comes_back_with_its_version(int length)
    {
        var store = Store();
        var plain = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();

        var column = store.Store(plain, version: 4);
        var content = store.Load(column);

        content.Version.ShouldBe(4);
        content.Plain.ToArray().ShouldBe(plain);
        column.Length.ShouldBe(length <= 100 ? length + 3 : 43);
        PayloadStore.BlobHash(column).HasValue.ShouldBe(length > 100);
    }

    [Fact]
    public void The_format_of_a_column_is_frozen() =>
        Store().Store("{}"u8.ToArray(), 1).ShouldBe([0, 0, 1, 0x7b, 0x7d]);

    [Fact]
    public void Old_columns_stay_readable_when_a_codec_is_added_and_not_when_it_is_missing()
    {
        var old = Store().Store("old"u8.ToArray(), 1);
        var inverted = Store(new InvertingCodec()).Store("new"u8.ToArray(), 1);

        inverted[1].ShouldBe((byte)9);
        Store(new InvertingCodec()).Load(old).Plain.ToArray().ShouldBe("old"u8.ToArray());
        Store(new InvertingCodec()).Load(inverted).Plain.ToArray().ShouldBe("new"u8.ToArray());
        Should.Throw<StoreUnavailableException>(() => Store().Load(inverted));
    }

    [Fact]
    public void The_same_blob_is_stored_once()
    {
        var content = new byte[1_000];

        _blobs.Put(content).ShouldBe(_blobs.Put(content));

        _blobs.Hashes().Count().ShouldBe(1);
        Directory.EnumerateFiles(_directory.File("blobs/incoming")).ShouldBeEmpty();
    }

    [Fact]
    public void A_young_blob_is_not_deleted_and_an_old_one_is()
    {
        var hash = _blobs.Put(new byte[1_000]);

        _blobs.Delete(hash, TimeSpan.FromHours(1)).ShouldBeFalse();
        _blobs.Contains(hash).ShouldBeTrue();
        _blobs.Delete(hash, TimeSpan.FromHours(-1)).ShouldBeTrue();
        _blobs.Contains(hash).ShouldBeFalse();
        _blobs.Delete(hash, TimeSpan.FromHours(-1)).ShouldBeTrue();
    }

    [Fact]
    public void A_damaged_or_missing_blob_is_not_returned()
    {
        var hash = _blobs.Put(new byte[1_000]);
        var file = Directory
            .EnumerateFiles(_directory.File("blobs"), "*", SearchOption.AllDirectories)
            .ShouldHaveSingleItem();

        File.WriteAllBytes(file, new byte[999]);
        Should.Throw<StoreUnavailableException>(() => _blobs.Get(hash)).Message.ShouldContain("damaged");
        File.Delete(file);
        Should.Throw<StoreUnavailableException>(() => _blobs.Get(hash));
    }

    private PayloadStore Store(params IPayloadCodec[] codecs) =>
        new(new PayloadCodecs(codecs), _blobs, inlineLimit: 100);

    private sealed class InvertingCodec : IPayloadCodec
    {
        public int Id => 9;

        public ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> plain) =>
            plain.ToArray().Select(b => (byte)~b).ToArray();

        public ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> stored) => Encode(stored);
    }
}
