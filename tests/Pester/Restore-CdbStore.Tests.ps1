BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream n
    1..3 | Add-CdbDatapoint n
    $backup = Join-Path $TestDrive 'backup.cdb'
    $null = Backup-CdbStore $backup
    function New-Path { Join-Path $TestDrive "$([guid]::NewGuid()).cdb" }

    # A store with five datapoints that is closed.
    function New-OtherStore {
        $path = New-Path
        $other = Connect-Cdb $path
        $null = New-CdbStream n -Connection $other
        1..5 | Add-CdbDatapoint n -Connection $other
        Disconnect-Cdb $other
        $path
    }

    function Get-Count([string] $Path) {
        $connection = Connect-Cdb $Path -MustExist
        (Get-CdbStream n -Connection $connection).Datapoints
        Disconnect-Cdb $connection
    }
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Restore-CdbStore' {
    It 'replaces a store, and the backup stays' {
        $path = New-OtherStore
        $restored = Restore-CdbStore $backup $path -Force
        $restored.Path | Should -Be $path
        $restored.Datapoints | Should -Be 3
        Get-Count $path | Should -Be 3
        Get-Count $backup | Should -Be 3
    }

    It 'restores where nothing is' {
        $path = Join-Path $TestDrive 'new/folder/store.cdb'
        (Restore-CdbStore $backup $path).Datapoints | Should -Be 3
        Get-Count $path | Should -Be 3
    }

    It 'asks for the store where the default connection is to another than that of the account' {
        { Restore-CdbStore $backup -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*-Destination*'
    }

    It 'does not replace a store that is open' {
        $path = New-OtherStore
        $open = Connect-Cdb $path
        { Restore-CdbStore $backup $path -Force -ErrorAction Stop } | Should -Throw -ErrorId 'StoreLocked*' -ExpectedMessage '*Disconnect-Cdb*'
        6 | Add-CdbDatapoint n -Connection $open
        Disconnect-Cdb $open
        Get-Count $path | Should -Be 6
        Get-Item "$path*.part*" | Should -BeNullOrEmpty
    }

    It 'does not apply the log that a killed process has left' {
        $path = New-OtherStore
        $writer = Start-Pwsh "`$null = Connect-Cdb '$path'; 1..5 | Add-CdbDatapoint n; 'ready'; [Threading.Thread]::Sleep(-1)"
        $writer.StandardOutput.ReadLine() | Should -Be 'ready'
        $writer.Kill($true)
        $writer.WaitForExit()
        (Get-Item "$path-wal").Length | Should -BeGreaterThan 0
        $null = Restore-CdbStore $backup $path -Force
        Get-Count $path | Should -Be 3
    }

    It 'replaces a damaged file with -Force only' {
        $path = New-Path
        [IO.File]::WriteAllText($path, 'x' * 10000)
        { Restore-CdbStore $backup $path -Confirm:$false -ErrorAction Stop } | Should -Throw -ExpectedMessage '*-Force*'
        (Restore-CdbStore $backup $path -Force).Datapoints | Should -Be 3
        Get-Count $path | Should -Be 3
    }

    It 'leaves the store as it was when the backup is damaged' {
        $path = New-OtherStore
        $bad = New-Path
        $bytes = [IO.File]::ReadAllBytes($backup)
        [IO.File]::WriteAllBytes($bad, $bytes[0..($bytes.Length - 5000)])
        { Restore-CdbStore $bad $path -Force -ErrorAction Stop } | Should -Throw -ErrorId 'Store*'
        Get-Count $path | Should -Be 5
    }

    It 'does not replace a store without -Force where nobody can confirm' {
        $path = New-OtherStore
        { Restore-CdbStore $backup $path -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*exists*-Force*'
        (Start-Pwsh "Restore-CdbStore '$backup' '$path'").StandardError.ReadToEnd() -replace '\s+', ' ' | Should -BeLike '*-Force*'
        Get-Count $path | Should -Be 5
        (Restore-CdbStore $backup (New-Path) -Confirm:$false).Datapoints | Should -Be 3
    }

    It 'shows with -WhatIf what it would replace, and replaces nothing' {
        $path = New-OtherStore
        Restore-CdbStore $backup $path -WhatIf
        Restore-CdbStore $backup $path -WhatIf -Force
        Get-Count $path | Should -Be 5
    }
}
