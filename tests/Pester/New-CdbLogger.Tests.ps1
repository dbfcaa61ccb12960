BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'New-CdbLogger' {
    It 'stores its settings in the file' {
        $other = Join-Path $TestDrive 'other.db'
        New-CdbLogger $other -Name cellar -SyncPeriod 3m -Data @{ shelf = 3 } -MaxBytes 1000000 -WhenFull DropOldest | Stop-CdbLogger
        $again = New-CdbLogger $other
        $again.Name | Should -Be 'cellar'
        $again.Data.shelf | Should -Be 3
        $again.SyncPeriod | Should -Be ([timespan]::FromMinutes(3))
        $again.Status.Settings.MaxBytes | Should -Be 1000000
        $again.Status.Settings.WhenFull | Should -Be 'DropOldest'
        Stop-CdbLogger $again
    }

    It 'recovers the readable entries of a damaged file' {
        $damaged = Join-Path $TestDrive 'damaged.db'
        $other = New-CdbLogger $damaged
        Add-CdbLoggerStream x -Force -Logger $other
        foreach ($n in 1..400) { Write-CdbLog x ('a' * 200) -Logger $other }
        Stop-CdbLogger $other
        $bytes = [IO.File]::ReadAllBytes($damaged)
        $page = [Math]::Floor($bytes.Length / 4096 / 2) * 4096
        [Array]::Clear($bytes, $page, 4096)
        [IO.File]::WriteAllBytes($damaged, $bytes)
        $again = New-CdbLogger $damaged -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -Match 'entries were recovered'
        $again.Status.Damaged | Should -BeGreaterThan 0
        $again.Cached + $again.Status.Damaged | Should -Be 400
        $again.Status.DamagedFiles | Should -HaveCount 1
        Stop-CdbLogger $again
    }

    It 'runs -OnCreate once, for a new file' {
        $path = Join-Path $TestDrive 'created.db'
        $made = [System.Collections.ArrayList]::new()
        New-CdbLogger $path -OnCreate { $null = $made.Add(1); Add-CdbLoggerStream x -Force -Logger $args[0] } | Stop-CdbLogger
        $again = New-CdbLogger $path -OnCreate { $null = $made.Add(2) }
        $again.Streams | Should -Contain 'x'
        $made | Should -Be 1
        Stop-CdbLogger $again
    }

    It 'is the logger of the cmdlets in -OnCreate, and its $_' {
        $seen = @{}
        $logger = New-CdbLogger (Join-Path $TestDrive 'inside.db') -OnCreate { $seen.Logger = $_; $null = Add-CdbLoggerStream inside -Force }
        $seen.Logger | Should -Be $logger
        $logger.Streams | Should -Be 'inside'
        Stop-CdbLogger $logger
    }

    It 'leaves no file when -OnCreate fails or returns false' {
        { New-CdbLogger (Join-Path $TestDrive 'failed.db') -OnCreate { throw 'no' } -ErrorAction Stop } | Should -Throw
        { New-CdbLogger (Join-Path $TestDrive 'refused.db') -OnCreate { $false } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue*'
        Get-Item "$TestDrive/failed*", "$TestDrive/refused*" | Should -BeNullOrEmpty
    }

    It 'leaves an empty file empty when -OnCreate fails' {
        $path = Join-Path $TestDrive 'empty.db'
        $null = New-Item $path
        { New-CdbLogger $path -OnCreate { throw 'no' } -ErrorAction Stop } | Should -Throw
        (Get-Item "$path*").Length | Should -Be 0
    }

    It 'refuses <_>, with which it could not work' -ForEach '-SyncPeriod 0s', '-SyncPeriod=-5', '-MaxBytes 1', '-MaxAge=-3600' {
        $name, $value = $_ -split '[ =]', 2
        $parameter = @{ $name.TrimStart('-') = $value }
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).db"
        { New-CdbLogger $path @parameter } | Should -Throw -ErrorId 'InvalidValue*' -ExpectedMessage "$name*"
        $path | Should -Not -Exist
    }
}
