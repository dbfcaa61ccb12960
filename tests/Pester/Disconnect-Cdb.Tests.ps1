BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Disconnect-Cdb' {
    It 'closes the default connection' {
        $null = Connect-Cdb -Path (Join-Path $TestDrive 'first.cdb')
        Disconnect-Cdb -WarningVariable warned -WarningAction SilentlyContinue
        (Get-CdbConnection).Location | Should -Be $store
        "$warned" | Should -BeLike "*now use*$store*"
    }

    It 'closes the connections of the pipeline' {
        1..2 | ForEach-Object { $null = Connect-Cdb -Path (Join-Path $TestDrive "piped$_.cdb") }
        Get-CdbConnection | Where-Object Location -Like '*piped*' | Disconnect-Cdb
        @(Get-CdbConnection).Count | Should -Be 1
    }

    It 'closes the connections whose names match' {
        1..2 | ForEach-Object { $null = Connect-Cdb -Path (Join-Path $TestDrive "named$_.cdb") -NoDefault }
        Disconnect-Cdb named*
        Disconnect-Cdb none*
        (Get-CdbConnection).Location | Should -Be $store
    }

    It 'releases the file' {
        $path = Join-Path $TestDrive 'gone.cdb'
        Connect-Cdb -Path $path | Disconnect-Cdb
        Remove-Item "$path*"
        $path | Should -Not -Exist
    }

    It 'explains how to connect when nothing is open' {
        Get-CdbConnection | Disconnect-Cdb
        { Disconnect-Cdb -ErrorAction Stop } | Should -Throw -ErrorId 'NotConnected*' -ExpectedMessage '*Connect-Cdb*'
        $null = Connect-Cdb -Path $store
    }
}
