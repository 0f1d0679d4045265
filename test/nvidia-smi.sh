#!/bin/sh
# Stands for nvidia-smi where the documentation calls it: prints what a made-up card would.
case "$*" in
  "-q -x") cat "$CAPTURE" ;;
  *noheader,nounits*) echo "0, NVIDIA GeForce RTX 4090, 24564" ;;
  --query-gpu=*)
    fields=${1#--query-gpu=}
    echo "$fields" | sed -e 's/,/, /g' -e 's/memory.total/memory.total [MiB]/'
    echo "$fields" | tr , '\n' | sed -e 's/^index$/0/' -e 's/^name$/NVIDIA GeForce RTX 4090/' \
      -e 's/^uuid$/GPU-5e1c9a02-7b3d-4f68-a1c4-90d2e7b6f385/' -e 's/^pci.bus_id$/00000000:01:00.0/' \
      -e 's/^pci.device_id$/0x268410DE/' -e 's/^memory.total$/24564 MiB/' \
      -e 's/^vbios_version$/95.02.3C.40.14/' -e 's/^driver_version$/550.54.14/' | paste -sd, - | sed 's/,/, /g' ;;
  *) exit 2 ;;
esac
