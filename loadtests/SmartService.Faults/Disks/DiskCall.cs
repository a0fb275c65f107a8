namespace SmartService.Faults.Disks;

/// <summary>A call that changes something on a disk, or may.</summary>
internal enum DiskCall
{
    Open,
    Write,
    Truncate,
    Sync,
    Delete,
}

/// <summary>What a fault makes of a call.</summary>
internal enum DiskFault
{
    None,

    /// <summary>EIO; nothing was done.</summary>
    Error,

    /// <summary>EIO after the call was done: a flush that failed after the bytes had reached the disk.</summary>
    ErrorAfterwards,

    /// <summary>EIO with the first half written: whole sectors, as a disk writes them. What lies in one sector is not written at all.</summary>
    Half,

    /// <summary>ENOSPC: what would make a file longer fails, and so do new files.</summary>
    Full,
}
