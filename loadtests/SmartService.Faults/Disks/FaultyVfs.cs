using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SmartService.Engine;

namespace SmartService.Faults.Disks;

/// <summary>
/// Stands between SQLite and the system's files (https://www.sqlite.org/vfs.html). Files in a <see cref="FaultyDisk"/>'s folder are written
/// through it: what changes them is recorded, and fails when the disk says so. All other files, shared memory and locks are the system's own.
/// </summary>
internal static unsafe partial class FaultyVfs
{
    private const int Ok = 0;
    private const int OpenCreate = 4, MainJournal = 0x800, Wal = 0x80000, SharedMemoryVersion = 2;
    private static readonly ConcurrentDictionary<string, FaultyDisk> Disks = new(StringComparer.Ordinal);
    private static readonly Lock Gate = new();
    private static Vfs* _real;
    private static IoMethods* _methods;

    /// <summary>From now on the folder's files go through the disk.</summary>
    public static void Mount(FaultyDisk disk)
    {
        lock (Gate)
        {
            if (_real is null)
            {
                SQLitePCL.Batteries_V2.Init();
                Register();
                FlushedFolder.Flushing = folder => Disks.GetValueOrDefault(folder)?.OnFlushNames();
            }
        }

        Disks[disk.Folder] = disk;
    }

    public static void Unmount(FaultyDisk disk) => Disks.TryRemove(disk.Folder, out _);

    private static void Register()
    {
        var real = Find(null);
        var ours = (Vfs*)NativeMemory.Alloc((nuint)sizeof(Vfs));
        *ours = *real;
        ours->OsFileBytes = real->OsFileBytes + sizeof(File);
        ours->Next = null;
        ours->Name = (byte*)Marshal.StringToCoTaskMemUTF8("smartservice-faults");
        ours->Open = &Open;
        ours->Delete = &Delete;
        _methods = MakeMethods();
        _real = real;
        if (Register(ours, 1) != Ok)
        {
            throw new InvalidOperationException("SQLite took no other file system.");
        }
    }

    private static IoMethods* MakeMethods()
    {
        var m = (IoMethods*)NativeMemory.AllocZeroed((nuint)sizeof(IoMethods));
        m->Version = SharedMemoryVersion;
        m->Close = &Close;
        m->Read = &Read;
        m->Write = &Write;
        m->Truncate = &Truncate;
        m->Sync = &Sync;
        m->FileSize = &FileSize;
        m->Lock = &Lock;
        m->Unlock = &Unlock;
        m->CheckReservedLock = &CheckReservedLock;
        m->FileControl = &FileControl;
        m->SectorSize = &SectorSize;
        m->DeviceCharacteristics = &DeviceCharacteristics;
        m->ShmMap = &ShmMap;
        m->ShmLock = &ShmLock;
        m->ShmBarrier = &ShmBarrier;
        m->ShmUnmap = &ShmUnmap;
        return m;
    }

    private static FaultyDisk? DiskOf(byte* path, out string name)
    {
        name = path is null ? "" : Marshal.PtrToStringUTF8((nint)path)!;
        return path is not null && Path.GetDirectoryName(name) is { } folder && Disks.TryGetValue(folder, out var disk) ? disk : null;
    }

    private static OpenFile FileOf(File* file) => (OpenFile)GCHandle.FromIntPtr(file->Handle).Target!;

    private static File* RealOf(File* file) => file + 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Vfs* vfs, byte* path, File* file, int flags, int* outFlags)
    {
        var disk = DiskOf(path, out var name);
        if (disk is null)
        {
            return _real->Open(_real, path, file, flags, outFlags);
        }

        file->Methods = null;
        var existed = System.IO.File.Exists(name);
        if (disk.OnOpen(existed, (flags & OpenCreate) != 0) is var fault and not Ok)
        {
            return fault;
        }

        var real = RealOf(file);
        real->Methods = null;
        var code = _real->Open(_real, path, real, flags, outFlags);
        if (code != Ok)
        {
            return code;
        }

        var open = disk.Opened(name, existed, syncsFolder: !existed && (flags & (MainJournal | Wal)) != 0);
        file->Handle = GCHandle.ToIntPtr(GCHandle.Alloc(open));
        file->Methods = _methods;
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(Vfs* vfs, byte* path, int syncFolder)
    {
        if (DiskOf(path, out var name) is { } disk && System.IO.File.Exists(name))
        {
            var code = disk.OnDelete();
            code = code == Ok ? _real->Delete(_real, path, 0) : code;
            if (code == Ok)
            {
                disk.Deleted(name, syncFolder != 0);
            }

            return code;
        }

        return _real->Delete(_real, path, syncFolder);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(File* file)
    {
        GCHandle.FromIntPtr(file->Handle).Free();
        var real = RealOf(file);
        return real->Methods->Close(real);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(File* file, void* into, int bytes, long at)
    {
        var real = RealOf(file);
        return real->Methods->Read(real, into, bytes, at);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(File* file, void* from, int bytes, long at)
    {
        var real = RealOf(file);
        var open = FileOf(file);
        var data = new ReadOnlySpan<byte>(from, bytes);
        var fault = open.Disk.OnWrite(open, data, at, out var written);
        var code = written > 0 ? real->Methods->Write(real, from, written, at) : Ok;
        return fault != Ok ? fault : code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(File* file, long size)
    {
        var open = FileOf(file);
        var real = RealOf(file);
        return open.Disk.OnTruncate(open, size) is var fault and not Ok ? fault : real->Methods->Truncate(real, size);
    }

    /// <summary>Recorded only: the system keeps what is written, and this process does not die.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(File* file, int flags)
    {
        var open = FileOf(file);
        return open.Disk.OnSync(open);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(File* file, long* size)
    {
        var real = RealOf(file);
        return real->Methods->FileSize(real, size);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Lock(File* file, int level)
    {
        var real = RealOf(file);
        return real->Methods->Lock(real, level);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unlock(File* file, int level)
    {
        var real = RealOf(file);
        return real->Methods->Unlock(real, level);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckReservedLock(File* file, int* held)
    {
        var real = RealOf(file);
        return real->Methods->CheckReservedLock(real, held);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileControl(File* file, int operation, void* argument)
    {
        var real = RealOf(file);
        return real->Methods->FileControl(real, operation, argument);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(File* file) => FaultyDisk.SectorBytes;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DeviceCharacteristics(File* file)
    {
        var real = RealOf(file);
        return real->Methods->DeviceCharacteristics(real);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmMap(File* file, int page, int pageBytes, int extend, void** map)
    {
        var real = RealOf(file);
        return real->Methods->ShmMap(real, page, pageBytes, extend, map);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmLock(File* file, int offset, int count, int flags)
    {
        var real = RealOf(file);
        return real->Methods->ShmLock(real, offset, count, flags);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ShmBarrier(File* file)
    {
        var real = RealOf(file);
        real->Methods->ShmBarrier(real);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmUnmap(File* file, int delete)
    {
        var real = RealOf(file);
        return real->Methods->ShmUnmap(real, delete);
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", StringMarshalling = StringMarshalling.Utf8)]
    private static partial Vfs* Find(string? name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static partial int Register(Vfs* vfs, int makeDefault);

    /// <summary>sqlite3_file as we use it; the system's own follows behind it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct File
    {
        public IoMethods* Methods;
        public nint Handle;
    }

    /// <summary>sqlite3_vfs, version 3.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Vfs
    {
        public int Version;
        public int OsFileBytes;
        public int LongestPath;
        public Vfs* Next;
        public byte* Name;
        public void* Data;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, File*, int, int*, int> Open;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, int, int> Delete;
        public void* Access, FullPathname, DlOpen, DlError, DlSym, DlClose, Randomness, Sleep, CurrentTime, GetLastError, CurrentTimeInt64;
        public void* SetSystemCall, GetSystemCall, NextSystemCall;
    }

    /// <summary>sqlite3_io_methods, version 2.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct IoMethods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<File*, int> Close;
        public delegate* unmanaged[Cdecl]<File*, void*, int, long, int> Read;
        public delegate* unmanaged[Cdecl]<File*, void*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<File*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<File*, int, int> Sync;
        public delegate* unmanaged[Cdecl]<File*, long*, int> FileSize;
        public delegate* unmanaged[Cdecl]<File*, int, int> Lock;
        public delegate* unmanaged[Cdecl]<File*, int, int> Unlock;
        public delegate* unmanaged[Cdecl]<File*, int*, int> CheckReservedLock;
        public delegate* unmanaged[Cdecl]<File*, int, void*, int> FileControl;
        public delegate* unmanaged[Cdecl]<File*, int> SectorSize;
        public delegate* unmanaged[Cdecl]<File*, int> DeviceCharacteristics;
        public delegate* unmanaged[Cdecl]<File*, int, int, int, void**, int> ShmMap;
        public delegate* unmanaged[Cdecl]<File*, int, int, int, int> ShmLock;
        public delegate* unmanaged[Cdecl]<File*, void> ShmBarrier;
        public delegate* unmanaged[Cdecl]<File*, int, int> ShmUnmap;
    }
}
