BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbStream n
    1..10000 | Add-CdbDatapoint n
    function New-Path { Join-Path $TestDrive "$([guid]::NewGuid()).cdb" }
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Backup-CdbStore' {
    It 'copies the store that is open, and says what is in the copy' {
        $path = New-Path
        $backup = Backup-CdbStore $path
        $backup.Path | Should -Be $path
        $backup.Source | Should -Be $store
        $backup.Streams | Should -Be 1
        $backup.Datapoints | Should -Be (Get-CdbStream n).Datapoints
        $backup.Bytes | Should -Be (Get-Item $path).Length
        $copy = Connect-Cdb $path -MustExist
        (Get-CdbDatapoint n -Connection $copy).Data | Should -Be (Get-CdbDatapoint n).Data
        Disconnect-Cdb $copy
        Get-Item "$path*" | Should -HaveCount 1
    }

    It 'copies one state while another process writes' {
        $path = New-Path
        $writer = Start-Pwsh "`$null = Connect-Cdb '$store'; `$null = New-CdbStream busy; 'ready'; while (`$true) { 1..100 | Add-CdbDatapoint busy }"
        try {
            $writer.StandardOutput.ReadLine() | Should -Be 'ready'
            foreach ($round in 1..5) {
                $before = (Get-CdbStream busy).Datapoints
                $backup = Backup-CdbStore $path -Force
                $after = (Get-CdbStream busy).Datapoints
                $copy = Connect-Cdb $path
                $count = (Get-CdbStream busy -Connection $copy).Datapoints
                Disconnect-Cdb $copy
                $count | Should -BeGreaterOrEqual $before
                $count | Should -BeLessOrEqual $after
                $backup.Datapoints | Should -Be ($count + (Get-CdbStream n).Datapoints)
            }
        } finally { $writer.Kill($true); $writer.WaitForExit() }
    }

    It 'replaces an existing file only with -Force' {
        $path = New-Path
        'theirs' | Set-Content $path
        { Backup-CdbStore $path -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*-Force*'
        Get-Content $path | Should -Be 'theirs'
        (Backup-CdbStore $path -Force).Datapoints | Should -BeGreaterThan 0
    }

    It 'does not replace a store that is open' {
        $path = New-Path
        $open = Connect-Cdb $path
        { Backup-CdbStore $path -Path $store -Force -ErrorAction Stop } | Should -Throw -ErrorId 'StoreLocked*' -ExpectedMessage '*Disconnect-Cdb*'
        Disconnect-Cdb $open
        Get-Item "$path*.part*" | Should -BeNullOrEmpty
    }

    It 'writes nothing of a store with a flipped byte' {
        $source, $path = (New-Path), (New-Path)
        $connection = Connect-Cdb -Path $source
        $null = New-CdbStream noise -Connection $connection
        Add-CdbDatapoint noise (1..20000).ForEach{ [Random]::Shared.NextDouble() } -Connection $connection
        Disconnect-Cdb $connection
        # Random doubles do not compress, so the middle of the file is data.
        $bytes = [IO.File]::ReadAllBytes($source)
        $middle = [int] ($bytes.Length / 2)
        $bytes[$middle] = $bytes[$middle] -bxor 0xFF
        [IO.File]::WriteAllBytes($source, $bytes)
        { Backup-CdbStore $path -Path $source -ErrorAction Stop } | Should -Throw -ErrorId 'StoreDamaged*'
        Get-Item "$path*" | Should -BeNullOrEmpty
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a store that is not there'; Name = 'missing.cdb'; Content = $null; Id = 'NotFound*' }
        @{ What = 'an empty file'; Name = 'empty.cdb'; Content = ''; Id = 'NotFound*' }
        @{ What = 'a file of something else'; Name = 'text.cdb'; Content = 'text'; Id = 'StoreNotAStore*' }
    ) {
        $source, $path = (Join-Path $TestDrive $Name), (New-Path)
        if ($null -ne $Content) { [IO.File]::WriteAllText($source, $Content) }
        { Backup-CdbStore $path -Path $source -ErrorAction Stop } | Should -Throw -ErrorId $Id
        Get-Item "$path*" | Should -BeNullOrEmpty
    }

    It 'shows with -WhatIf what it would write, and writes nothing' {
        $path = New-Path
        Backup-CdbStore $path -WhatIf
        $path | Should -Not -Exist
    }
}

Describe 'Backup-CdbStore for a server' {
    It 'backs up the store of a running server by its file, and says so over the network' {
        $path = New-Path
        $served = New-Path
        $null = Backup-CdbStore $served
        $served = Connect-Cdb $served
        $key = (Get-CdbDevice user).ApiKey
        $file = $served.Location
        Disconnect-Cdb $served
        $server = Start-CdbServer $file -Url http://127.0.0.1:0
        $remote = Connect-Cdb -Url $server.Url -ApiKey $key
        { Backup-CdbStore $path -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage '*-Path*'
        (Backup-CdbStore $path -Path $file).Datapoints | Should -BeGreaterThan 0
        { Restore-CdbStore $path $file -Force -ErrorAction Stop } | Should -Throw -ErrorId 'StoreLocked*' -ExpectedMessage '*Stop-CdbServer*'
        Disconnect-Cdb $remote
        Stop-CdbServer $server
        (Restore-CdbStore $path $file -Force).Datapoints | Should -BeGreaterThan 0
    }
}
